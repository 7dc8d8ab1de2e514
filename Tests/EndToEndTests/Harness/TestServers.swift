import Foundation
import TestSupport
import Testing

/// The real servers that the environment offers.
enum TestServers {
    /// nil when the environment names none.
    static let mongodbURI = ProcessInfo.processInfo.environment["CONFIGBUS_TEST_MONGODB_URI"]

    static var areThere: Bool { mongodbURI != nil && TestBroker.shared != nil }

    static let missing: Comment =
        "CONFIGBUS_TEST_MONGODB_URI or CONFIGBUS_TEST_AMQP_URI is not set: run scripts/test"

    /// The URI of one database.
    static func mongodbURI(database: String) throws -> String {
        let (authority, options) = try split()
        return "mongodb://\(authority)/\(database)\(options.isEmpty ? "" : "?\(options)")"
    }

    /// A proxy in front of MongoDB, and the URI of one database through it.
    ///
    /// The members of a replica set tell clients their own addresses; `directConnection` makes a client stay on the proxy.
    static func mongodbProxy(database: String) throws -> (proxy: TCPProxy, uri: String) {
        let authority = try split().authority
        let login = authority.contains("@") ? "\(authority.prefix { $0 != "@" })@" : ""
        let member = authority.dropFirst(login.count).prefix { $0 != "," }.split(separator: ":")
        guard let host = member.first else { throw MissingServer() }
        let proxy = try TCPProxy(to: String(host), port: member.count == 2 ? Int(member[1]) ?? 27_017 : 27_017)
        return (proxy, "mongodb://\(login)127.0.0.1:\(proxy.port)/\(database)?directConnection=true")
    }

    static func broker() throws -> TestBroker {
        guard let broker = TestBroker.shared else { throw MissingServer() }
        return broker
    }

    private static func split() throws -> (authority: String, options: String) {
        guard let uri = mongodbURI, uri.hasPrefix("mongodb://") else { throw MissingServer() }
        let parts = uri.dropFirst(10).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let authority = parts[0].prefix { $0 != "/" }
        return (String(authority), parts.count == 2 ? String(parts[1]) : "")
    }

    private struct MissingServer: Error {}
}
