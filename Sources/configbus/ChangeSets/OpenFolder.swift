import AsyncSupport
import Glibc
import SystemPackage

/// A folder whose entries are opened without following symbolic links, so that nothing outside of it is read.
struct OpenFolder {
    /// What an entry is.
    enum Kind {
        case folder, file, link, other
    }

    /// An entry.
    struct Entry {
        /// Its name; nil when that is not UTF-8.
        let name: String?
        let kind: Kind

        /// True for a name that begins with a dot, such as `.git`: no document can have it.
        var isHidden: Bool { name?.utf8.first == UInt8(ascii: ".") }
    }

    let descriptor: FileDescriptor

    /// Calls a function with an open folder.
    ///
    /// - Parameter path: its path; the links in it are followed, because the caller wrote it.
    static func with<Result>(_ path: String, _ body: (OpenFolder) throws -> Result) throws -> Result {
        let descriptor = try FileDescriptor.open(FilePath(path), .readOnly, options: [.directory, .closeOnExec])
        return try descriptor.closeAfter { try body(OpenFolder(descriptor: descriptor)) }
    }

    /// True when a path leads to a folder.
    static func isThere(_ path: String) -> Bool {
        (try? Stat(FilePath(path), followTargetSymlink: true))?.type == .directory
    }

    /// Calls a function with a folder inside of this one.
    func withFolder<Result>(_ name: String, _ body: (OpenFolder) throws -> Result) throws -> Result {
        let descriptor = try open(name, O_DIRECTORY)
        return try descriptor.closeAfter { try body(OpenFolder(descriptor: descriptor)) }
    }

    /// The bytes of a file in it.
    func contents(of name: String) throws -> [UInt8] {
        // A device or a FIFO that took the file's place must not block.
        let descriptor = try open(name, O_NONBLOCK)
        return try descriptor.closeAfter { try descriptor.contents(limit: InputFile.limit) }
    }

    /// All entries but the folder itself and the one above it, in the order of their names.
    func entries() throws -> [Entry] {
        let copy = try descriptor.duplicate()
        guard let stream = fdopendir(copy.rawValue) else {
            try copy.close()
            throw Errno(rawValue: errno)
        }
        defer { closedir(stream) }
        var entries: [Entry] = []
        errno = 0
        while let entry = readdir(stream) {
            let bytes = Self.name(of: entry)
            guard bytes != [UInt8(ascii: ".")], bytes != [UInt8(ascii: "."), UInt8(ascii: ".")] else { continue }
            entries.append(Entry(name: String(validating: bytes, as: UTF8.self), kind: kind(of: bytes)))
        }
        guard errno == 0 else { throw Errno(rawValue: errno) }
        return entries.sorted { ($0.name ?? "").utf8.lexicographicallyPrecedes(($1.name ?? "").utf8) }
    }

    private func open(_ name: String, _ options: Int32) throws(Errno) -> FileDescriptor {
        let number = openat(descriptor.rawValue, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | options)
        guard number >= 0 else { throw Errno(rawValue: errno) }
        return FileDescriptor(rawValue: number)
    }

    private func kind(of name: [UInt8]) -> Kind {
        var facts = stat()
        let path = name.map { CChar(bitPattern: $0) } + [0]
        guard fstatat(descriptor.rawValue, path, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
            errno = 0
            return .other
        }
        switch facts.st_mode & S_IFMT {
        case S_IFDIR: return .folder
        case S_IFREG: return .file
        case S_IFLNK: return .link
        default: return .other
        }
    }

    /// The bytes of its name.
    private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        withUnsafeBytes(of: &entry.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
    }
}
