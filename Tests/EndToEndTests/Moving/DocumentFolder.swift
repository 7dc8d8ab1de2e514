import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport

/// A folder of documents of a test.
struct DocumentFolder {
    let path: String

    init(_ name: String, in bench: TestBench) throws {
        path = bench.path(name)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Writes a file below it.
    func write(_ text: String, to file: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(file)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Writes so many documents `ENVIRONMENT/sN.json` with `{"n": VALUE}`.
    func write(_ count: Int, value: Int = 1, environment: String = "prod") throws {
        for number in 0..<count { try write("{\"n\": \(value)}", to: "\(environment)/s\(number).json") }
    }

    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(file)") }

    func text(of file: String) throws -> String { try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8) }

    /// The paths of all files in it, sorted.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).filter { file in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\(file)", isDirectory: &isDirectory)
                && !isDirectory.boolValue
        }.sorted()
    }
}

extension RunningRegistry {
    /// The content hash of each living document.
    func contentHashes() async throws -> [String: String] {
        var hashes: [String: String] = [:]
        var cursor: String?
        repeat {
            let page = try await client.headSummaries(.init(limit: 1_000, cursor: cursor))
            for head in page.elements { hashes[head.key.description] = head.contentHash }
            cursor = page.next
        } while cursor != nil
        return hashes
    }
}
