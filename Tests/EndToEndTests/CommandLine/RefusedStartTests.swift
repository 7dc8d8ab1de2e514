import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    /// What cannot work is refused before anything is made, with the name of what was given.
    @Suite struct RefusedStartTests {
        /// A command line with one value that can be none.
        struct Malformed: CustomTestStringConvertible {
            let arguments: [String]
            let environment: [String: String]
            let says: [String]

            init(_ arguments: String..., environment: [String: String] = [:], says: String...) {
                self.arguments = arguments
                self.environment = environment
                self.says = says
            }

            var testDescription: String { arguments.joined(separator: " ") + environment.keys.joined() }
        }

        private static let mongodbURIs = [
            "localhost:27017", "mongodb://", "mongodb://host:port", "mongodb://u:p@ss@host/", "mongodb://u:@host/",
            "mongodb://host/?serverSelectionTimeoutMS=soon", "mongodb://host/?replicasets=rs0",
        ]
        private static let amqpURIs = [
            "localhost:5672", "http://localhost", "amqp://", "amqp://u:p@ss@host", "amqp://host:0",
        ]
        private static let urls = ["localhost:8000", "ftp://localhost", "http://", "http://host:0", "http://u:p@host"]

        private static let storeCommands = [
            ["serve"], ["bench"], ["admin", "new-epoch"], ["admin", "signing"], ["admin", "auth"],
            ["token", "bootstrap"],
        ]
        private static let busCommands = [
            ["serve"], ["bench"], ["watch", "parsing"], ["audit", "--file", "log"], ["doctor"],
        ]
        private static let clientCommands = [
            ["get", "parsing"], ["publish", "parsing"], ["set", "parsing", "a=1"], ["unset", "parsing", "a"], ["list"],
            ["history", "parsing"], ["diff", "parsing"], ["rollback", "parsing", "1"], ["delete", "parsing"],
            ["watch", "parsing"], ["health"], ["doctor"],
            ["audit", "--file", "log", "--amqp-uri", "amqp://127.0.0.1:9"],
        ]

        /// Runs a command in a folder of its own, with a value as a flag and as a variable.
        private func refuses(
            _ command: [String], _ flag: String, _ variable: String, _ value: String
        ) async throws {
            try await withBench(on: nil) { bench in
                for isFlag in [true, false] {
                    let result = try await bench.configbus(
                        command + (isFlag ? [flag, value] : []), input: "{}",
                        environment: isFlag ? [:] : [variable: value])
                    #expect(result.status == .exited(2))
                    #expect(result.errors.hasPrefix("error: \(flag) (or \(variable)): "))
                    #expect(result.errors.split(separator: "\n").count == 1)
                    #expect(!result.errors.contains("p@ss") && !result.errors.contains("ss@host"))
                }
            }
        }

        @Test(arguments: storeCommands, mongodbURIs)
        func aMalformedMongodbUri(command: [String], uri: String) async throws {
            try await refuses(command, "--mongodb-uri", "CONFIGBUS_MONGODB_URI", uri)
        }

        @Test(arguments: busCommands, amqpURIs)
        func aMalformedAmqpUri(command: [String], uri: String) async throws {
            try await refuses(command, "--amqp-uri", "CONFIGBUS_AMQP_URI", uri)
        }

        @Test(arguments: clientCommands, urls)
        func aMalformedUrl(command: [String], url: String) async throws {
            try await refuses(command, "--url", "CONFIGBUS_URL", url)
        }

        @Test(arguments: storeCommands)
        func aDataFolderWithoutAName(command: [String]) async throws {
            try await withBench(on: nil) { bench in
                let result = try await bench.configbus(command + ["--data-dir", ""])
                #expect(result.status == .exited(2) && result.errors.contains("--data-dir"))
            }
        }

        @Test func aDataFolderThatCannotBeMadeIsRefusedWithTheNameOfItsFlag() async throws {
            try await withBench(on: nil) { bench in
                try Data().write(to: URL(filePath: bench.path("file")))
                let result = try await bench.configbus("serve", "--port", "0", "--data-dir", bench.path("file/data"))
                #expect(result.status == .exited(1) && result.errors.contains("--data-dir"))
                #expect(result.errors.contains("Not a directory"))
            }
        }

        @Test(arguments: [
            Malformed("--host", "0.0.0.0", says: "--host"), Malformed("--host", "300.1.2.3", says: "--host"),
            Malformed("--amqp-uri", "localhost", says: "--amqp-uri"),
            Malformed("--signing-key", "/no/such/key", says: "--signing-key"),
            Malformed("--audit-keys", "/no/such/keys", says: "--audit-keys"),
            Malformed("--port", "taken", says: "--port"),
        ])
        func aRegistryThatMayNotOrCannotListenMakesNoStore(start: Malformed) async throws {
            try await withBench(on: nil) { bench in
                let server = try ScriptedHTTPServer { _ in .silence }
                defer { server.close() }
                let taken = try #require(URL(string: server.url)?.port)
                let arguments = start.arguments.map { $0 == "taken" ? "\(taken)" : $0 }
                let result = try await bench.configbus(["serve", "--data-dir", bench.path("data")] + arguments)
                #expect(result.status != .exited(0) && result.output.isEmpty)
                for fragment in start.says { #expect(result.errors.contains(fragment)) }
                #expect(result.errors.split(separator: "\n").count == 1)
                #expect(!FileManager.default.fileExists(atPath: bench.path("data")))
            }
        }
    }
}
