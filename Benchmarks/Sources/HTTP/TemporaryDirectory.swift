import Foundation

/// A directory that is removed at the end.
struct TemporaryDirectory {
    let path = FileManager.default.temporaryDirectory.appending(path: "configbus-benchmarks-\(UUID().uuidString)").path

    func remove() throws {
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }
}
