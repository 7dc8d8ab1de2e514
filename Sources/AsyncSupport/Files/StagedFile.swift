package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file, whole and on the disk, beside the place that it is for. Every call blocks its thread until the disk has answered.
///
/// It has a random name and was made exclusively, never through a link, so that another user of the folder cannot
/// have it written elsewhere.
package struct StagedFile: Sendable {
    /// Where it lies. Its ending is the target's, for programs that go by it.
    package let path: String
    private let target: String
    private let device: DeviceID
    private let number: Inode

    /// Writes it.
    ///
    /// - Parameters:
    ///   - target: the place that it is for.
    ///   - attributes: what it has from before it has content.
    /// - Throws: `Errno`; nothing is left.
    package init(for target: String, holding bytes: [UInt8], _ attributes: FileAttributes) throws {
        self.target = target
        let (path, descriptor) = try Self.create(beside: target)
        self.path = path
        do {
            let facts = try descriptor.closeAfter {
                try Self.give(attributes, to: descriptor)
                try descriptor.writeAll(bytes)
                try DurableFile.sync(descriptor)
                return try Stat(descriptor)
            }
            (device, number) = (facts.deviceID, facts.inode)
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Writes it piece by piece.
    ///
    /// - Parameters:
    ///   - target: the place that it is for.
    ///   - attributes: what it has from before it has content.
    ///   - write: writes to the file.
    /// - Throws: `Errno`, and what `write` throws; nothing is left.
    package init(
        for target: String, _ attributes: FileAttributes, writing write: (FileDescriptor) async throws -> Void
    ) async throws {
        self.target = target
        let (path, descriptor) = try Self.create(beside: target)
        self.path = path
        do {
            try Self.give(attributes, to: descriptor)
            try await write(descriptor)
            try DurableFile.sync(descriptor)
            let facts = try Stat(descriptor)
            (device, number) = (facts.deviceID, facts.inode)
            try descriptor.close()
        } catch {
            try? descriptor.close()
            unlink(path)
            throw error
        }
    }

    /// Makes sure that it is what was written, after another program had its path.
    ///
    /// - Throws: `StagedFileChanged`, or `Errno` when that cannot be found out.
    package func verify(_ bytes: [UInt8]) throws {
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(
                FilePath(path), .readOnly, options: [.nonBlocking, .noFollow, .closeOnExec])
        } catch Errno.noSuchFileOrDirectory {
            throw StagedFileChanged(change: "removed it")
        } catch Errno.tooManySymbolicLinkLevels {
            throw StagedFileChanged(change: "put a symbolic link in its place")
        }
        try descriptor.closeAfter {
            let facts = try Stat(descriptor)
            guard facts.type == .regular, facts.deviceID == device, facts.inode == number else {
                throw StagedFileChanged(change: "put another file in its place")
            }
            guard facts.size == Int64(bytes.count), try descriptor.contents(limit: bytes.count) == bytes else {
                throw StagedFileChanged(change: "changed what is in it")
            }
        }
    }

    /// Puts it in its place at once: a reader sees what was there before or this one whole.
    ///
    /// - Throws: `NotRegularFile` or `Errno`; it is gone then, and its place as before, unless only the folder could not be
    ///   synchronised.
    package func commit() throws {
        do {
            _ = try FileAttributes(replacing: target)
            try check(rename(path, target))
        } catch {
            discard()
            throw error
        }
        try DurableFile.syncDirectory(of: target)
    }

    /// Puts it in its place, where nothing must be.
    ///
    /// - Throws: `Errno`, `Errno.fileExists` when something is there; it is gone then, and its place as before, unless only the
    ///   folder could not be synchronised.
    package func commitNew() throws {
        do {
            // Unlike a rename this never replaces anything.
            try check(link(path, target))
        } catch {
            discard()
            throw error
        }
        discard()
        try DurableFile.syncDirectory(of: target)
    }

    /// Removes it.
    package func discard() { unlink(path) }

    /// An unused name beside a path: hidden, and with the same ending.
    static func name(beside target: String) throws(Errno) -> String {
        let path = FilePath(target)
        guard let end = end(of: path) else { throw .isDirectory }
        let random = String(UInt64.random(in: .min ... .max), radix: 16)
        return path.removingLastComponent().appending("\(prefix)\(random)-\(end)").string
    }

    /// True for the name of a file that was staged or held for a target, as one is left behind by a process that was killed.
    package static func isName(_ name: String, ofFileFor target: String) -> Bool {
        guard name.hasPrefix(prefix), let end = end(of: FilePath(target)) else { return false }
        let rest = name.dropFirst(prefix.count)
        let random = rest.prefix { $0.isHexDigit }
        return !random.isEmpty && rest.dropFirst(random.count) == "-" + end
    }

    private static let prefix = ".configbus-"

    /// Together with what is put before it no more than a name may have.
    private static func end(of target: FilePath) -> Substring? {
        guard let name = target.lastComponent?.string, !name.isEmpty else { return nil }
        var end = name[...]
        while end.utf8.count > 200 { end.removeFirst() }
        return end
    }

    private static func create(beside target: String) throws -> (String, FileDescriptor) {
        let path = try name(beside: target)
        let descriptor = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
            permissions: .ownerReadWrite)
        return (path, descriptor)
    }

    /// The owner first: changing it takes bits of the mode away.
    private static func give(_ attributes: FileAttributes, to descriptor: FileDescriptor) throws {
        let facts = try Stat(descriptor)
        let user = attributes.user ?? facts.userID
        let group = attributes.group ?? facts.groupID
        if user != facts.userID || group != facts.groupID {
            guard fchown(descriptor.rawValue, user.rawValue, group.rawValue) == 0 else {
                throw OwnerNotGiven(user: user.rawValue, group: group.rawValue, reason: Errno(rawValue: errno))
            }
        }
        if attributes.permissions != facts.permissions {
            try check(fchmod(descriptor.rawValue, mode_t(attributes.permissions.rawValue)))
        }
    }
}

/// A file that was staged is not what was written.
package struct StagedFileChanged: Error {
    /// What another program did, as a part of a sentence.
    package let change: String
}

/// A file cannot be given to its owner.
package struct OwnerNotGiven: Error, CustomStringConvertible {
    let user: uid_t
    let group: gid_t
    let reason: Errno

    package var description: String {
        "it cannot be given to its owner, user \(user) and group \(group): \(reason). Only the superuser gives files away"
    }
}

/// What lay in a place, kept beside it so that it can be put back.
package struct HeldFile: Sendable {
    private let target: String
    private let path: String

    /// Gives what lies there a second name, or makes a copy where a file system knows no second names.
    ///
    /// - Throws: `NotRegularFile` or `Errno`.
    package init?(_ target: String) throws {
        guard let attributes = try FileAttributes(replacing: target) else { return nil }
        self.target = target
        let name = try StagedFile.name(beside: target)
        if link(target, name) == 0 {
            path = name
        } else {
            path = try StagedFile(for: target, holding: RegularFile.read(target), attributes).path
        }
    }

    /// What a process that was killed held.
    ///
    /// - Parameter path: where it lies.
    package init(_ path: String, of target: String) {
        self.target = target
        self.path = path
    }

    /// What it holds.
    package func bytes() throws -> [UInt8] { try RegularFile.read(path) }

    /// Puts it back at once.
    package func putBack() throws {
        try check(rename(path, target))
        // Two names of one file are both kept by `rename`.
        unlink(path)
        try DurableFile.syncDirectory(of: target)
    }

    /// It is not needed any more.
    package func discard() { unlink(path) }
}

func check(_ result: CInt) throws(Errno) {
    if result != 0 { throw Errno(rawValue: errno) }
}
