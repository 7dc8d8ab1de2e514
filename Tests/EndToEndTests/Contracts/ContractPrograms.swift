import Foundation
import TestSupport
import Testing

/// The Python programs that look at the contracts from outside, which `scripts/test` installs.
enum ContractPrograms {
    static let missing: Comment =
        "CONFIGBUS_TEST_CONTRACTS is not set: scripts/test sets it where pip can install schemathesis and pika"

    /// The folder of the programs; nil where they are not installed.
    static let folder: String? = ProcessInfo.processInfo.environment["CONFIGBUS_TEST_CONTRACTS"]

    static var areThere: Bool { folder != nil }

    static func path(of program: String) throws -> String { "\(try #require(folder))/\(program)" }

    /// A file of the repository.
    static func file(_ name: String) -> String { "\(repository)/\(name)" }
}
