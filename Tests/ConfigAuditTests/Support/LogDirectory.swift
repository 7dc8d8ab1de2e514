import Foundation

/// A directory that is removed with the value's owner.
final class LogDirectory: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "configbus-audit-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A path in it.
    func file(_ name: String = "audit.jsonl") -> String { path + "/" + name }
}
