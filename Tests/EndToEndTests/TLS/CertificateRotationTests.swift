import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import Synchronization
import TestSupport
import Testing

extension TLSTests {
    /// Certificates that are replaced while a registry runs.
    @Suite struct CertificateRotationTests {
        @Test func newConnectionsGetTheNewCertificateWithin15SecondsNoHandshakeFailsAndStreamsStay() async throws {
            try await TLSWorld.with { world in
                let registry = try await world.start()
                try await withStream(of: registry, about: world.bench.parsing) { stream in
                    let new = try await world.authority.issue("new")
                    let serial = try await world.serial(in: new.certificate)
                    let handshakes = Handshakes(world.tls, registry.url)
                    try await handshakes.during {
                        try world.replace(world.certificate, with: new.certificate)
                        // What a pair is between two renames is looked at too.
                        registry.process.send(SIGHUP)
                        try await eventually("the count") {
                            try await world.metric("tls_reload_failures_total", of: registry) == "1"
                        }
                        try await handshakes.more(5)
                        try world.replace(world.key, with: new.key)
                        try await eventually("the new certificate", within: .seconds(15)) {
                            try await world.serial(of: registry) == serial
                        }
                    }
                    #expect(handshakes.failures == [])
                    #expect(try await world.metric("tls_reload_failures_total", of: registry) == "1")
                    try await stream.receives(try await registry.publish(#"{"n":1}"#, as: world.bench.parsing).version)
                }
            }
        }

        @Test func sighupTakesANewCertificateAtOnceAndDoesNotEndTheRegistry() async throws {
            try await TLSWorld.with { world in
                let registry = try await world.start()
                let new = try await world.authority.issue("new")
                try world.install(new)
                registry.process.send(SIGHUP)
                // The period is ten seconds.
                let serial = try await world.serial(in: new.certificate)
                try await eventually("the new certificate", within: .seconds(5)) {
                    try await world.serial(of: registry) == serial
                }
                #expect(try await registry.status() == .healthy)
            }
        }

        @Test(arguments: ["rubbish", "foreign", "ended"])
        func whatCannotBeUsedKeepsTheCertificateBeforeAndIsSaidAndCountedOnce(_ kind: String) async throws {
            try await TLSWorld.with { world in
                let registry = try await world.start()
                let before = try await world.serial(of: registry)
                switch kind {
                case "rubbish": try "rubbish".write(toFile: world.certificate, atomically: true, encoding: .utf8)
                case "foreign": try world.replace(world.key, with: try await world.authority.issue("foreign").key)
                default: try world.install(await world.authority.issue("ended", .ended))
                }
                for _ in 1...3 { registry.process.send(SIGHUP) }
                try await eventually("the count") {
                    try await world.metric("tls_reload_failures_total", of: registry) == "1"
                }
                #expect(try await world.serial(of: registry) == before)
                let health = try await world.bench.configbus("doctor", at: registry, environment: world.trust)
                #expect(health.output.contains("warn  certificate files: "))
                let said = registry.process.errors.text.split(separator: "\n").filter {
                    $0.contains("the certificate stays")
                }
                #expect(said.count == 1)
            }
        }
    }
}

/// A connection after the other, each with a handshake.
private final class Handshakes: Sendable {
    private let tls: RegistryTLS
    private let url: String
    private let state = Mutex((count: 0, failures: [String]()))

    init(_ tls: RegistryTLS, _ url: String) {
        self.tls = tls
        self.url = url
    }

    var failures: [String] { state.withLock { $0.failures } }

    func during(_ body: () async throws -> Void) async throws {
        let running = Task {
            while !Task.isCancelled {
                do {
                    _ = try await RegistryClient(url: url, tls: tls).health()
                    state.withLock { $0.count += 1 }
                } catch  where Task.isCancelled {
                    return
                } catch {
                    state.withLock { $0.failures.append("\(error)") }
                }
                try? await Task.sleep(for: .milliseconds(50))
            }
        }
        defer { running.cancel() }
        try await more(1)
        try await body()
        running.cancel()
        await running.value
    }

    /// Waits for so many further handshakes.
    func more(_ count: Int) async throws {
        let goal = state.withLock { $0.count } + count
        try await eventually("\(count) handshakes; failed: \(failures)") { state.withLock { $0.count } >= goal }
    }
}

/// A stream that is followed beside a test.
private final class FollowedStream: Sendable {
    private let versions = Mutex<Set<Int64>>([])

    func add(_ version: Int64) { versions.withLock { _ = $0.insert(version) } }

    func receives(_ version: Int64) async throws {
        try await eventually("version \(version) on the stream") { versions.withLock { $0.contains(version) } }
    }
}

private func withStream(
    of registry: RunningRegistry, about key: DocumentKey, _ body: (FollowedStream) async throws -> Void
) async throws {
    let stream = FollowedStream()
    let following = Task {
        try await registry.client.withWatch { messages in
            for try await message in messages {
                switch message {
                case .event(let event): stream.add(event.version)
                case .synced: stream.add(0)
                case .damaged, .proof, .ended, .trace: break
                }
            }
        }
    }
    defer { following.cancel() }
    try await stream.receives(0)
    try await body(stream)
}
