import Glibc
import QueueActors
import SystemPackage

/// Replaces files whole: a reader sees the old content or the new one, also after a power failure.
///
/// Waiting for the disk blocks; it happens on a queue of its own.
actor OutputFiles {
    private let executor = QueueExecutor(label: "configbus.output")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Writes beside the target and renames: the target keeps its mode, a new one gets 0600, and a symbolic link at its
    /// place is replaced and not followed.
    func replace(_ path: String, with bytes: [UInt8]) throws {
        let target = FilePath(path)
        guard let name = target.lastComponent else { throw Errno.isDirectory }
        let temporary = target.removingLastComponent().appending(".\(name.string).\(getpid()).configbus")
        do {
            let descriptor = try FileDescriptor.open(
                temporary, .writeOnly, options: [.create, .truncate, .noFollow, .closeOnExec],
                permissions: .ownerReadWrite)
            try descriptor.closeAfter {
                try descriptor.writeAll(bytes)
                if let mode = Self.mode(of: target) { try Self.check(fchmod(descriptor.rawValue, mode)) }
                try Self.check(fsync(descriptor.rawValue))
            }
            try Self.check(rename(temporary.string, target.string))
            try Self.syncFolder(of: target)
        } catch {
            unlink(temporary.string)
            throw error
        }
    }

    private static func mode(of path: FilePath) -> mode_t? {
        var facts = stat()
        guard lstat(path.string, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        return facts.st_mode & 0o7777
    }

    private static func syncFolder(of path: FilePath) throws {
        let folder = path.removingLastComponent()
        let descriptor = try FileDescriptor.open(
            folder.isEmpty ? "." : folder, .readOnly, options: [.directory, .closeOnExec])
        try descriptor.closeAfter { try check(fsync(descriptor.rawValue)) }
    }

    private static func check(_ result: Int32) throws {
        guard result == 0 else { throw Errno(rawValue: errno) }
    }
}
