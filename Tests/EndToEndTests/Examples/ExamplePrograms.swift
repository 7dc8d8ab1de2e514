import Foundation
import TestSupport
import Testing

/// The programs that `scripts/build-examples` built.
enum ExamplePrograms {
    static let folder = repository + "/.build/examples/debug"
    static let missing: Comment = "scripts/build-examples was not run since the last program came"

    static var areBuilt: Bool {
        ["Greeter", "RateLimitService", "ReadmeSample", "TenantWorker"].allSatisfy { program in
            FileManager.default.isExecutableFile(atPath: path(of: program))
        }
    }

    static func path(of name: String) -> String { "\(folder)/\(name)" }

    /// Python 3, where it is installed.
    static var python: String? { installed("/usr/bin/python3", "/usr/local/bin/python3") }

    /// nginx, where it is installed.
    static var nginx: String? { installed("/usr/sbin/nginx", "/usr/local/sbin/nginx") }

    /// The first of these that is installed.
    private static func installed(_ paths: String...) -> String? {
        paths.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

extension LineLog {
    /// Waits for a line that holds all of these texts, and returns it.
    func line(with texts: String...) async throws -> String {
        let found = await first { line in texts.allSatisfy { line.contains($0) } }
        return try #require(found, "there was no line with \(texts)")
    }
}
