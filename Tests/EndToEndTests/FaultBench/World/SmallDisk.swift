import Foundation
import Glibc
import TestSupport

/// A disk of a few megabytes that can be filled up without harm to anybody else.
struct SmallDisk: Sendable {
    /// Only root may mount, and not in every container; so it is tried.
    static let isPossible: Bool = {
        guard let disk = try? SmallDisk() else { return false }
        return (try? disk.unmount()) != nil
    }()

    let path: String
    private var filler: String { "\(path)/filler" }

    /// Mounts it.
    init() throws {
        path = "\(NSTemporaryDirectory())/configbus-disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=8m") == 0 else {
            let failure = DiskFailed(call: "mount")
            try FileManager.default.removeItem(atPath: path)
            throw failure
        }
    }

    /// Uses up every byte that is free.
    func fill() throws {
        let descriptor = open(filler, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw DiskFailed(call: "open") }
        defer { close(descriptor) }
        let page = [UInt8](repeating: 0, count: 4_096)
        while write(descriptor, page, page.count) > 0 {}
        guard errno == ENOSPC else { throw DiskFailed(call: "write") }
    }

    /// Gives the space back.
    func empty() throws { try FileManager.default.removeItem(atPath: filler) }

    fileprivate func unmount() throws {
        guard umount2(path, Int32(MNT_DETACH)) == 0 else { throw DiskFailed(call: "umount") }
        try FileManager.default.removeItem(atPath: path)
    }

    private struct DiskFailed: Error {
        let call: String
        let reason = String(cString: strerror(errno))
    }
}

/// Lends a small disk.
func withSmallDisk(_ body: (SmallDisk) async throws -> Void) async throws {
    let disk = try SmallDisk()
    do {
        try await body(disk)
    } catch {
        try disk.unmount()
        throw error
    }
    try disk.unmount()
}
