import ConfigAccess
import HummingbirdTesting
import Logging
import TestSupport
import Testing

@testable import RegistryServer

/// What counts as one address, and how many connections it may have without an identity.
@Suite(.timeLimit(.minutes(1))) struct AddressLimitTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("::ffff:192.0.2.1", "192.0.2.1", true),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true), ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
        ("fe80::1%eth0", "fe80::2%eth1", true), ("::1", "127.0.0.1", false),
    ])
    func anIPv6AddressCountsByItsFirst64Bits(_ one: String, _ other: String, _ isOne: Bool) {
        #expect((ClientNetwork(one) == ClientNetwork(other)) == isOne)
    }

    @Test func failuresOfOneIPv6NetworkCountTogether() {
        var limits = AccessLimits()
        limits[.failed] = Rate(parsing: "1/4")
        let requests = RequestLimits(limits) { 1 }
        let refusals = (0..<6).map { requests.countFailure(from: "2001:db8:1:2::\($0)") != nil }
        #expect(refusals == [false, false, false, false, true, true])
        #expect(requests.countFailure(from: "2001:db8:1:3::1") == nil)
    }

    @Test func connectionsOfAnAddressCountUntilTheyEnd() throws {
        let logger = Logger.silent
        let connections = UnidentifiedConnections(maximum: 2)
        let first = try #require(connections.open(from: "192.0.2.1", logger))
        let second = try #require(connections.open(from: "192.0.2.1", logger))
        #expect(connections.open(from: "192.0.2.1", logger) == nil)
        #expect(connections.open(from: "192.0.2.2", logger) != nil)
        first.end()
        first.end()
        var third = connections.open(from: "192.0.2.1", logger)
        #expect(third != nil && connections.open(from: "192.0.2.1", logger) == nil)
        third = nil
        #expect(connections.open(from: "192.0.2.1", logger) != nil)
        second.end()
    }

    @Test func aConnectionTooManyIsClosedUntilAnotherProvesAnIdentity() async throws {
        var limits = AccessLimits()
        limits.unidentifiedConnections = 2
        try await AccessServer.run(.live, limits: RequestLimits(limits)) { server in
            let admin = server.admin
            // The connection of the test's own client counts no more.
            #expect(try await server.get("/api/access").status == 200)
            try await Self.withConnection(server) { first in
                try await Self.alive(&first)
                try await Self.withConnection(server) { second in
                    try await Self.alive(&second)
                    #expect(try await Self.isClosed(server))
                    try await second.write(
                        "GET /api/access HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(admin)\r\n\r\n")
                    #expect(try await second.read(through: "\r\n").contains(" 200 "))
                    #expect(try await !Self.isClosed(server))
                }
            }
        }
    }

    private static func withConnection(
        _ server: AccessServer, _ body: @Sendable (inout RawConnection) async throws -> Void
    ) async throws {
        try await RawConnection.run(port: server.port, body)
    }

    /// Proves nothing, and shows that the server has counted the connection.
    private static func alive(_ connection: inout RawConnection) async throws {
        try await connection.write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = try await connection.read(through: #"{"status":"alive"}"#)
    }

    private static func isClosed(_ server: AccessServer) async throws -> Bool {
        try await RawConnection.run(port: server.port) { connection in
            do {
                try await alive(&connection)
                return false
            } catch {
                return true
            }
        }
    }
}
