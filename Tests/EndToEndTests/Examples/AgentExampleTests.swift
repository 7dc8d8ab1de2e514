import ConfigModel
import Foundation
import TestSupport
import Testing

/// Programs in other languages, fed by the agent, as Examples/ has them.
@Suite("Examples with the agent", .serialized, .timeLimit(.minutes(3)), .showsProcesses)
struct AgentExampleTests {
    @Test(.enabled(if: ExamplePrograms.python != nil, "python3 is not installed"))
    func aProgramInPythonIsGivenEachVersion() async throws {
        let python = try #require(ExamplePrograms.python)
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let worker = try DocumentKey(service: "worker", environment: "prod")
            try await registry.publish(#"{"batch_size":10}"#, as: worker)
            try copy("python", to: bench, replacing: ["http://127.0.0.1:8000": registry.url])
            _ = try bench.start(["agent", "--config", bench.path("agent.yaml")])
            let file = bench.path("worker.json")
            _ = try await eventually("the file of version 1") { FileManager.default.contents(atPath: file) }
            let program = try bench.start(python, [bench.path("worker.py"), file, bench.path("worker.pid")])
            _ = try await program.output.line(with: "batches of 10")
            _ = try await eventually("the number of the process") {
                FileManager.default.contents(atPath: bench.path("worker.pid")).flatMap { $0.isEmpty ? nil : $0 }
            }
            try await registry.publish(#"{"batch_size":20}"#, as: worker)
            _ = try await program.output.line(with: "batches of 20")
        }
    }

    @Test(.enabled(if: ExamplePrograms.nginx != nil, "nginx is not installed"))
    func nginxTakesNewServersWithoutStopping() async throws {
        let nginx = try #require(ExamplePrograms.nginx)
        let first = try ScriptedHTTPServer { _ in .json(200, #""first""#) }
        let second = try ScriptedHTTPServer { _ in .json(200, #""second""#) }
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let upstreams = try DocumentKey(service: "web.upstreams", environment: "prod")
            let port = try TestSocket.freePort()
            try await registry.publish(#"{"servers":["\#(first.url.dropFirst(7))"]}"#, as: upstreams)
            try copy(
                "nginx", to: bench,
                replacing: ["http://127.0.0.1:8000": registry.url, "127.0.0.1:8080": "127.0.0.1:\(port)"])
            _ = try bench.start(["agent", "--config", bench.path("agent.yaml")])
            _ = try await eventually("what nginx includes") {
                FileManager.default.contents(atPath: bench.path("upstreams.inc")).flatMap { $0.isEmpty ? nil : $0 }
            }
            let server = try bench.start(
                nginx, ["-p", bench.directory, "-c", "nginx.conf", "-g", "daemon off;"])
            _ = try await eventually("the first server") { try self.body(port).contains("first") ? true : nil }
            try await registry.publish(#"{"servers":["\#(second.url.dropFirst(7))"]}"#, as: upstreams)
            _ = try await eventually("the second server") { try self.body(port).contains("second") ? true : nil }
            #expect(server.exitStatus == nil)

            // What nginx does not take is not in effect.
            try await registry.publish(#"{"servers":["not an address;"]}"#, as: upstreams)
            _ = try await eventually("the refusal") {
                bench.transcript.contains("rejected") ? true : nil
            }
            let answer = try body(port)
            #expect(answer.contains("second"))
            server.send(SIGQUIT)
            _ = try await server.waitForExit()
        }
    }

    /// Puts what lies in a folder of Examples/ beside what the test makes, with other addresses.
    private func copy(_ folder: String, to bench: TestBench, replacing texts: [String: String]) throws {
        let source = "\(repository)/Examples/\(folder)"
        for file in try FileManager.default.contentsOfDirectory(atPath: source) {
            let path = bench.path(file)
            try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: path)
            guard var text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
            for (old, new) in texts { text = text.replacing(old, with: new) }
            // Not replaced: it keeps who may execute it.
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: Data(text.utf8))
            try handle.close()
        }
    }

    private func body(_ port: Int) throws -> String {
        let connection = try TestSocket.connect(port: port)
        connection.write(Array("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
        var bytes: [UInt8] = []
        while case let part = connection.read(), !part.isEmpty { bytes += part }
        return String(decoding: bytes, as: UTF8.self)
    }
}
