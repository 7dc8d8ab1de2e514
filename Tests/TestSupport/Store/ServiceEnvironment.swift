#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The real servers that the environment offers to tests.
package enum ServiceEnvironment {
    /// What a suite says when it is skipped.
    package static let mongodbMissing = "CONFIGBUS_TEST_MONGODB_URI is not set: run scripts/test"

    /// Nil when the environment names no server.
    package static var mongodbURI: String? { variable("CONFIGBUS_TEST_MONGODB_URI") }

    /// The URI with another database in it; nil when the environment names no server.
    package static func mongodbURI(database: String) -> String? {
        guard let uri = mongodbURI, uri.hasPrefix("mongodb://") else { return nil }
        let parts = uri.dropFirst(10).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let options = parts.count == 2 ? "?\(parts[1])" : ""
        return "mongodb://\(parts[0].prefix { $0 != "/" })/\(database)\(options)"
    }

    /// The process of the first member, when the servers were started for the tests.
    package static var mongodbPID: String? {
        variable("CONFIGBUS_TEST_MONGODB_PIDS")?.split(separator: " ").first.map(String.init)
    }

    /// True when runs with faults are to be long.
    package static var hasLongFaults: Bool { variable("CONFIGBUS_TEST_FAULTS") == "1" }

    /// True when tests of many documents are to be large.
    package static var wantsScale: Bool { variable("CONFIGBUS_TEST_SCALE") == "1" }

    /// True when the database has several members, so that another can take over.
    package static var hasSeveralMembers: Bool { mongodbURI?.contains(",") == true }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}
