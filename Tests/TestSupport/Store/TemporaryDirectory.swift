#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An empty directory for one test.
package struct TemporaryDirectory: Sendable {
    package let path: String

    /// Makes a directory, lends it and removes it with everything in it.
    package static func with<Result>(_ body: (TemporaryDirectory) async throws -> Result) async throws -> Result {
        let directory = TemporaryDirectory(
            path: FileManager.default.temporaryDirectory.appendingPathComponent("configbus-\(UUID().uuidString)").path)
        try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
        do {
            let result = try await body(directory)
            try FileManager.default.removeItem(atPath: directory.path)
            return result
        } catch {
            try? FileManager.default.removeItem(atPath: directory.path)
            throw error
        }
    }
}
