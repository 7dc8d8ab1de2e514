import ConfigModel
import TestSupport
import Testing

extension CommandLineTests {
    /// How a command finds a registry: one of several, or through a proxy.
    @Suite struct SeveralRegistriesTests {
        @Test(arguments: ["commas", "repeated", "variable"])
        func theNextRegistryIsUsedWhenOneDoesNotAnswer(_ form: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(
                    store: .embedded(directory: "data"), bus: .inProcess)
                let gone = try ScriptedHTTPServer { _ in .hangUp }
                gone.close()
                let urls = [gone.url, registry.url]
                let (flags, environment): ([String], [String: String]) =
                    switch form {
                    case "commas": (["--url", urls.joined(separator: ",")], [:])
                    case "repeated": (urls.flatMap { ["--url", $0] }, [:])
                    default: ([], ["CONFIGBUS_URL": urls.joined(separator: ", ")])
                    }
                let published = try await bench.configbus(
                    ["publish", "parsing"] + flags, input: #"{"a":1}"#, environment: environment)
                #expect(published.status == .exited(0), "\(published)")
                let read = try await bench.configbus(["get", "parsing", "a"] + flags, environment: environment)
                #expect(read.output == "1\n", "\(read)")
            }
        }

        @Test func whenNoneAnswersAllAreNamed() async throws {
            try await withBench { bench in
                let servers = try (0..<2).map { _ in try ScriptedHTTPServer { _ in .hangUp } }
                for server in servers { server.close() }
                let result = try await bench.configbus(
                    ["get", "parsing", "--url", servers.map(\.url).joined(separator: ",")])
                #expect(result.status == .exited(3))
                for server in servers { #expect(result.errors.contains("\(server.url) (the connection was refused)")) }
            }
        }

        @Test(arguments: ["http://127.0.0.1:8000,", ",", "http://a,,http://b"])
        func anEmptyPlaceInTheListIsAMistake(_ list: String) async throws {
            try await withBench { bench in
                let result = try await bench.configbus(["get", "parsing", "--url", list])
                #expect(result.status == .exited(2))
                #expect(result.errors.contains("--url (or CONFIGBUS_URL): '' is not a registry address"))
            }
        }

        @Test func httpPROXYLeadsToOtherMachinesAndNOPROXYSaysToWhichNot() async throws {
            try await withBench { bench in
                let proxy = try ScriptedHTTPServer { _ in .problem(404, "unknown", "From the proxy.") }
                let command = ["get", "parsing", "--url", "http://registry.invalid:8000"]
                let through = try await bench.configbus(
                    command, environment: ["HTTP_PROXY": proxy.url, "NO_PROXY": "other.invalid"])
                #expect(through.status == .exited(1), "\(through)")
                #expect(
                    proxy.requests.first?.target.hasPrefix("http://registry.invalid:8000/api/configs/parsing") == true)
                let before = proxy.requests.count
                let direct = try await bench.configbus(
                    command, environment: ["HTTP_PROXY": proxy.url, "NO_PROXY": "invalid"])
                #expect(direct.status == .exited(3))
                #expect(proxy.requests.count == before)
                let wrong = try await bench.configbus(command, environment: ["HTTP_PROXY": "socks5://proxy:1080"])
                #expect(wrong.status == .exited(2))
                #expect(wrong.errors.contains("HTTP_PROXY must be http://"))
            }
        }
    }
}
