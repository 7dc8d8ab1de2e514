import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import AsyncSupport

@Suite("Files that replace others")
struct StagedFileTests {
    /// What may lie in a file's place and is none.
    enum Intruder: CaseIterable {
        case directory
        case fifo
        case socket
        case link
        case linkToNothing
    }

    private func put(_ intruder: Intruder, at path: String) throws {
        switch intruder {
        case .directory: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        case .fifo: #expect(mkfifo(path, 0o600) == 0)
        case .socket:
            let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(socket) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) {
                $0.copyBytes(from: path.utf8CString.map { UInt8(bitPattern: $0) })
            }
            let result = withUnsafeBytes(of: &address) { bytes in
                bind(socket, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
            }
            #expect(result == 0)
        case .link:
            try Data("untouched".utf8).write(to: URL(filePath: path + ".target"))
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path + ".target")
        case .linkToNothing:
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path + ".target")
        }
    }

    @Test(arguments: Intruder.allCases)
    func whatIsNoRegularFileIsRefusedByNameAndNothingIsLeftBesideIt(intruder: Intruder) async throws {
        try await TemporaryDirectory.with { directory in
            // Short enough for a socket's name.
            let path = "\(directory.path)/o"
            try put(intruder, at: path)
            let before = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
            let facts = try Stat(FilePath(path), followTargetSymlink: false)
            #expect(throws: NotRegularFile.self) { try DurableFile.replace(path, with: [1]) }
            #expect(throws: NotRegularFile.self) { try HeldFile(path) }
            let error = #expect(throws: NotRegularFile.self) { try FileAttributes(replacing: path) }
            #expect(error?.description.contains(path) == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == before)
            #expect(try Stat(FilePath(path), followTargetSymlink: false).inode == facts.inode)
            #expect(!FileManager.default.fileExists(atPath: path + ".target") || intruder == .link)
        }
    }

    @Test(arguments: Intruder.allCases)
    func readingNeverFollowsALinkAndNeverWaitsForAFIFO(intruder: Intruder) async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory.path)/o"
            try put(intruder, at: path)
            #expect(throws: (any Error).self) { try RegularFile.read(path) }
        }
    }

    @Test(arguments: ["out.json", String(repeating: "é", count: 120)])
    func theNameIsRandomHiddenEndsLikeTheTargetsAndIsNeverTooLong(target: String) async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory.path)/\(target)"
            let one = try StagedFile(for: path, holding: [1], .ownerOnly)
            let two = try StagedFile(for: path, holding: [2], .ownerOnly)
            #expect(one.path != two.path)
            for staged in [one, two] {
                let name = try #require(FilePath(staged.path).lastComponent?.string)
                #expect(name.hasPrefix(".") && name.hasSuffix(target.suffix(8)) && name.utf8.count <= 255)
            }
            try two.commit()
            one.discard()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [target])
            #expect(try RegularFile.read(path) == [2])
        }
    }

    @Test func modeAndOwnerAreThoseThatWereAskedForWhateverTheProcessMakesByItself() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory.path)/out"
            try DurableFile.replace(path, with: [1], FileAttributes(permissions: FilePermissions(rawValue: 0o640)))
            #expect(try FileAttributes(replacing: path)?.permissions.rawValue == 0o640)
            guard geteuid() == 0 else { return }
            let other = FileAttributes(
                permissions: FilePermissions(rawValue: 0o604), user: UserID(65_534), group: GroupID(65_533))
            try DurableFile.replace(path, with: [2], other)
            #expect(try FileAttributes(replacing: path) == other)
        }
    }

    @Test func whatWasHeldIsPutBackAsItWasOrForgottenNothingElseIsLeft() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory.path)/out"
            #expect(try HeldFile(path) == nil)
            try DurableFile.replace(path, with: [1], FileAttributes(permissions: FilePermissions(rawValue: 0o644)))
            let inode = try Stat(FilePath(path)).inode
            let first = try #require(try HeldFile(path))
            try DurableFile.replace(path, with: [2])
            #expect(try first.bytes() == [1])
            try first.putBack()
            #expect(try RegularFile.read(path) == [1])
            #expect(try Stat(FilePath(path)).inode == inode)
            // Also when nothing came in between: two names of one file.
            try #require(try HeldFile(path)).putBack()
            try #require(try HeldFile(path)).discard()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["out"])
        }
    }
}
