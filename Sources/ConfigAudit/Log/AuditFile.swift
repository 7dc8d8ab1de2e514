import AsyncSupport
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file of the log: locked, only ever appended to, and never left with half a write.
final class AuditFile {
    let path: String
    private let descriptor: FileDescriptor
    /// What is durable; a failed write is cut off behind it.
    private var size: Int64 = 0
    private var hasRemains = false

    private init(path: String, descriptor: FileDescriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Opens the file, or makes it with mode 0600, and takes the lock on it, which ends with the process.
    static func open(path: String) throws(AuditLogError) -> AuditFile {
        do {
            let descriptor = try FileDescriptor.open(
                FilePath(path), .readWrite, options: [.create, .append, .closeOnExec],
                permissions: .ownerReadWrite)
            let file = AuditFile(path: path, descriptor: descriptor)
            guard try Stat(descriptor).type == .regular else {
                throw AuditLogError.cannotOpen(path: path, reason: "it is not a regular file")
            }
            guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else { throw AuditLogError.inUse(path: path) }
            try DurableFile.syncDirectory(of: path)
            return file
        } catch {
            throw error as? AuditLogError ?? .cannotOpen(path: path, reason: "\(error)")
        }
    }

    /// Closing alone would not give the lock back at once: it belongs to the open file, of which every child that another
    /// thread starts at this moment holds a copy between fork and exec (the descriptor is closed on exec only). Unlocking
    /// counts for all copies.
    deinit {
        _ = flock(descriptor.rawValue, LOCK_UN)
        // Everything that counts was synchronised before: an error here loses nothing.
        try? descriptor.close()
    }

    /// Reads all complete lines.
    ///
    /// - Returns: what lies behind the last of them; nil when nothing does.
    func readLines(_ body: (LineReader.Line) throws(AuditFault) -> Void) throws(AuditLogError) -> LineReader.Line? {
        var reader = LineReader(descriptor)
        do {
            while let line = try reader.next() {
                guard line.isComplete else { return line }
                try body(line)
                size = line.offset + Int64(line.bytes.count) + 1
            }
            return nil
        } catch let fault as AuditFault {
            throw .damaged(path: path, fault)
        } catch let error as LineTooLong {
            throw .damaged(
                path: path, AuditFault(line: nil, "At byte \(error.offset) begins a line that no audit wrote."))
        } catch {
            throw .cannotOpen(path: path, reason: "\(error)")
        }
    }

    /// Cuts off what lies behind the last complete line, and makes what was read durable: the process that wrote it may
    /// have died before it did.
    func settle() throws(AuditLogError) {
        hasRemains = true
        try removeRemains()
    }

    /// Appends bytes and returns when they are on the disk. After an error nothing of them is in the file, or will be as
    /// soon as it can be written again.
    func append(_ bytes: [UInt8]) throws(AuditLogError) {
        if hasRemains { try removeRemains() }
        do {
            hasRemains = true
            try descriptor.writeAll(bytes)
            try DurableFile.sync(descriptor)
            hasRemains = false
            size += Int64(bytes.count)
        } catch {
            // What a failed write or fsync left is unknown: it is cut off now, or before the next attempt.
            let failure = AuditLogError.cannotWrite(path: path, reason: "\(error)")
            do { try removeRemains() } catch { throw failure }
            throw failure
        }
    }

    private func removeRemains() throws(AuditLogError) {
        do {
            try descriptor.resize(to: size)
            try DurableFile.sync(descriptor)
            hasRemains = false
        } catch {
            throw .cannotWrite(path: path, reason: "\(error)")
        }
    }
}
