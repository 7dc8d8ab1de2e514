import AsyncSupport
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite("Folders")
struct FolderTests {
    @Test func thoseThatAreMissingAreMadeForTheirOwnerAloneAndBeingThereAlreadyIsNoFailure() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory.path)/a//b/c"
            for _ in 0..<2 { try Folder.make(path) }
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory.path)/a/b")
            #expect(attributes[.posixPermissions] as? Int == 0o700)
        }
    }

    @Test func theReasonIsTheSystems() async throws {
        try await TemporaryDirectory.with { directory in
            try Data().write(to: URL(filePath: "\(directory.path)/file"))
            #expect(throws: Errno.notDirectory) { try Folder.make("\(directory.path)/file/a") }
            #expect(throws: Errno.notDirectory) { try Folder.make("\(directory.path)/file/a/b") }
            #expect(throws: Errno.noSuchFileOrDirectory) { try Folder.make("/proc/no-such-folder") }
        }
    }
}
