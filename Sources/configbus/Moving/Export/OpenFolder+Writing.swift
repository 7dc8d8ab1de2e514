import Glibc
import SystemPackage

extension OpenFolder {
    /// Makes a folder in this one, for its owner alone; one that is there stays.
    func makeFolder(_ name: String) throws(Errno) {
        guard mkdirat(descriptor.rawValue, name, 0o700) != 0 else { return }
        let error = Errno(rawValue: errno)
        guard error == .fileExists else { throw error }
    }

    /// Replaces a file at once: a reader sees what was there before or the new one whole. A link in its place is replaced
    /// and not followed.
    ///
    /// It may be lost in a power failure until `sync` has returned.
    func replace(_ name: String, with bytes: [UInt8]) throws(Errno) {
        let temporary = DocumentTree.temporaryPrefix + String(UInt64.random(in: .min ... .max), radix: 16)
        let number = openat(
            descriptor.rawValue, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode(of: name))
        guard number >= 0 else { throw Errno(rawValue: errno) }
        do {
            let file = FileDescriptor(rawValue: number)
            try file.closeAfter { _ = try file.writeAll(bytes) }
            guard renameat(descriptor.rawValue, temporary, descriptor.rawValue, name) == 0 else {
                throw Errno(rawValue: errno)
            }
        } catch {
            unlinkat(descriptor.rawValue, temporary, 0)
            throw error as? Errno ?? .ioError
        }
    }

    /// Waits until everything that was written is on the disk.
    func sync() { Glibc.sync() }

    /// That of the file that is there; for a new one its owner's alone.
    private func mode(of name: String) -> mode_t {
        var facts = stat()
        guard fstatat(descriptor.rawValue, name, &facts, AT_SYMLINK_NOFOLLOW) == 0, facts.st_mode & S_IFMT == S_IFREG
        else { return 0o600 }
        return facts.st_mode & 0o777
    }
}
