import Foundation
import TestSupport
import Testing

/// The real servers of a test.
struct TestServers: Sendable {
    /// What the environment offers; nil when it names none.
    static let shared: TestServers? = {
        guard let uri = ProcessInfo.processInfo.environment["CONFIGBUS_TEST_MONGODB_URI"],
            let broker = TestBroker.shared
        else { return nil }
        return TestServers(mongodbURI: uri, broker: broker)
    }()

    static var areThere: Bool { shared != nil }

    static let missing: Comment =
        "CONFIGBUS_TEST_MONGODB_URI or CONFIGBUS_TEST_AMQP_URI is not set: run scripts/test"

    let mongodbURI: String
    let broker: TestBroker

    /// The URI of one database.
    func mongodbURI(database: String) throws -> String {
        let (authority, options) = try split()
        return "mongodb://\(authority)/\(database)\(options.isEmpty ? "" : "?\(options)")"
    }

    /// A proxy in front of MongoDB, and the URI of one database through it.
    ///
    /// The members of a replica set tell clients their own addresses; `directConnection` makes a client stay on the proxy.
    func mongodbProxy(database: String) throws -> (proxy: TCPProxy, uri: String) {
        let authority = try split().authority
        let login = authority.contains("@") ? "\(authority.prefix { $0 != "@" })@" : ""
        let member = authority.dropFirst(login.count).prefix { $0 != "," }.split(separator: ":")
        guard let host = member.first else { throw MissingServer() }
        let proxy = try TCPProxy(to: String(host), port: member.count == 2 ? Int(member[1]) ?? 27_017 : 27_017)
        return (proxy, "mongodb://\(login)127.0.0.1:\(proxy.port)/\(database)?directConnection=true")
    }

    private func split() throws -> (authority: String, options: String) {
        guard mongodbURI.hasPrefix("mongodb://") else { throw MissingServer() }
        let parts = mongodbURI.dropFirst(10).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let authority = parts[0].prefix { $0 != "/" }
        return (String(authority), parts.count == 2 ? String(parts[1]) : "")
    }
}

/// A test asked for a server that the environment does not name.
struct MissingServer: Error {}
