import Glibc
import SystemPackage

/// What a command reads on its standard input.
///
/// Memory instead of a pipe: a pipe would end in the middle of the content when this program is killed, and the command
/// would take the half for the whole. No file either, because disks may be full.
enum CommandInput {
    /// Opens memory without a name that holds these bytes; the caller closes it.
    static func open(holding bytes: [UInt8]) throws(Errno) -> FileDescriptor {
        let name = "/configbus-\(getpid())-\(UInt64.random(in: .min ... .max))"
        let opened = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard opened >= 0 else { throw Errno(rawValue: errno) }
        shm_unlink(name)
        let descriptor = FileDescriptor(rawValue: opened)
        do {
            try descriptor.writeAll(bytes)
            try descriptor.seek(offset: 0, from: .start)
            return descriptor
        } catch {
            try? descriptor.close()
            throw error as? Errno ?? .ioError
        }
    }
}
