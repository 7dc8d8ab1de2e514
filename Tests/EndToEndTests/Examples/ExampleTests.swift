import ConfigModel
import Foundation
import TestSupport
import Testing

/// What stands in Examples/ does what it says, against a registry.
@Suite(
    "Examples", .serialized, .timeLimit(.minutes(3)), .showsProcesses,
    .enabled(if: ExamplePrograms.areBuilt, ExamplePrograms.missing))
struct ExampleTests {
    @Test func theREADMEsProgramAppliesWhatIsPublished() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await registry.publish(#"{"db_host":"db","max_connections":5}"#, as: bench.parsing)
            let program = try bench.start(
                "/bin/sh",
                [
                    "-c", #"cd "$0" && exec "$1" "$2""#, bench.directory, ExamplePrograms.path(of: "ReadmeSample"),
                    registry.url,
                ])
            _ = try await program.errors.line(with: "a version was applied", "version=1")
            try await registry.publish(#"{"db_host":"db","max_connections":6}"#, as: bench.parsing)
            _ = try await program.errors.line(with: "a version was applied", "version=2")
        }
    }

    @Test func aServiceChangesItsRateLimitWhileItServes() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let gateway = try DocumentKey(service: "gateway", environment: "prod")
            try await registry.publish(#"{"requests_per_second":0.001,"burst":1}"#, as: gateway)
            let service = try bench.start(
                ExamplePrograms.path(of: "RateLimitService"), [],
                environment: ["CONFIGBUS_URL": registry.url, "CACHE": bench.path("gateway-cache"), "PORT": "0"])
            let listening = try await service.errors.line(with: "listening on 127.0.0.1:")
            let port = try #require(listening.split(separator: ":").last.flatMap { Int($0) })
            #expect(try status(port) == 200)
            #expect(try status(port) == 429)

            try await registry.publish(#"{"requests_per_second":0.001,"burst":3}"#, as: gateway)
            _ = try await service.errors.line(with: "a version was applied", "version=2")
            #expect(try [status(port), status(port), status(port), status(port)] == [200, 200, 200, 429])

            try await registry.publish(#"{"requests_per_second":-1,"burst":3}"#, as: gateway)
            let refusal = try await service.errors.line(with: "a version was rejected", "version=3")
            #expect(refusal.contains("requests_per_second must be more than 0"))
            #expect(try status(port) == 429)
            service.send(SIGTERM)
            #expect(try await service.waitForExit() == .exited(0))
        }
    }

    @Test func aWorkerTakesTenantsAndGivesThemUp() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let worker = try DocumentKey(service: "worker", environment: "prod")
            for (tenant, size) in [("acme", 10), ("globex", 20)] {
                let key = try DocumentKey(service: "tenants.\(tenant)", environment: "prod")
                try await registry.publish(#"{"batch_size":\#(size)}"#, as: key)
            }
            try await registry.publish(#"{"tenants":["acme"]}"#, as: worker)
            let program = try bench.start(
                ExamplePrograms.path(of: "TenantWorker"), [], environment: ["CONFIGBUS_URL": registry.url])
            _ = try await program.errors.line(with: "working", "tenant=acme", "batch=10")

            try await registry.publish(#"{"tenants":["globex"]}"#, as: worker)
            _ = try await program.errors.line(with: "released", "tenant=acme")
            _ = try await program.errors.line(with: "working", "tenant=globex", "batch=20")
            try await registry.publish(
                #"{"batch_size":25}"#, as: try DocumentKey(service: "tenants.globex", environment: "prod"))
            _ = try await program.errors.line(with: "working", "tenant=globex", "batch=25")

            // A version that cannot be taken over changes nothing: neither does it release a tenant, nor does it keep a new one.
            try await registry.publish(#"{"tenants":["acme","big corp"]}"#, as: worker)
            _ = try await program.errors.line(with: "a version was rejected", "version=3", "big corp")
            try await registry.publish(#"{"tenants":["globex"]}"#, as: worker)
            _ = try await program.errors.line(with: "a version was applied", "version=4")
            let after = program.errors.lines.count
            for (tenant, size) in [("acme", 31), ("globex", 32)] {
                try await registry.publish(
                    #"{"batch_size":\#(size)}"#, as: try DocumentKey(service: "tenants.\(tenant)", environment: "prod"))
            }
            _ = try await program.errors.line(with: "working", "tenant=globex", "batch=32")
            #expect(!program.errors.lines.contains { $0.contains("released") && $0.contains("globex") })
            #expect(!program.errors.lines.dropFirst(after).contains { $0.contains("tenant=acme") })
            program.send(SIGTERM)
            #expect(try await program.waitForExit() == .exited(0))
        }
    }

    @Test func aServiceOnSwiftConfigurationGetsEachChange() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let greeter = try DocumentKey(service: "greeter", environment: "prod")
            try await registry.publish(#"{"greeting":"hello","interval":5}"#, as: greeter)
            let program = try bench.start(
                ExamplePrograms.path(of: "Greeter"), [], environment: ["CONFIGBUS_URL": registry.url])
            _ = try await program.errors.line(with: "greeting", "text=hello", "interval=5")

            try await registry.publish(#"{"greeting":"servus"}"#, as: greeter)
            _ = try await program.errors.line(with: "greeting", "text=servus", "interval=10")
            program.send(SIGTERM)
            #expect(try await program.waitForExit() == .exited(0))
        }
    }

    @Test(.enabled(if: ExamplePrograms.python != nil, "python3 is not installed"))
    func aProgramOfTenLinesFollowsADocumentByLongPolls() async throws {
        let python = try #require(ExamplePrograms.python)
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await registry.publish(#"{"limit":1}"#, as: bench.parsing)
            let program = try bench.start(python, [repository + "/Examples/python/long_poll.py", registry.url])
            _ = try await program.output.line(with: "{'limit': 1}")
            try await registry.publish(#"{"limit":2}"#, as: bench.parsing)
            _ = try await program.output.line(with: "{'limit': 2}")
            let deleted = try await bench.configbus("delete", "parsing", "-e", "prod", at: registry)
            #expect(deleted.status == .exited(0), "\(deleted.errors)")
            try await registry.publish(#"{"limit":3}"#, as: bench.parsing)
            _ = try await program.output.line(with: "{'limit': 3}")
        }
    }

    private func status(_ port: Int) throws -> Int {
        let connection = try TestSocket.connect(port: port)
        connection.write(Array("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
        let head = String(decoding: connection.read(), as: UTF8.self)
        return try #require(Int(head.dropFirst(9).prefix(3)), "no status in: \(head)")
    }
}
