import ConfigModel
import FoundationEssentials
import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One watcher's cache file. Every call blocks its thread.
struct CacheFile: Sendable {
    let directory: String
    let name: String
    /// Of no other process and of no other watcher in this one; left behind only by a crash, and then used again.
    private let temporaryName: String

    /// The file of the watcher of this document in this directory. Names are hashes: a key may contain what a file system
    /// does not like, and two watchers of one document that see it differently have two files.
    init(directory: String, key: DocumentKey, isOverlay: Bool) {
        self.directory = directory
        let hash = SHA256Text.hash(Array("\(key)\(isOverlay ? "?overlay=true" : "")".utf8))
        name = String(hash.dropFirst(SHA256Text.prefix.count)) + ".json"
        let number = Self.instances.wrappingAdd(1, ordering: .relaxed).newValue
        temporaryName = "\(name).\(getpid())-\(number).tmp"
    }

    private static let instances = Atomic<Int>(0)

    var path: String { FilePath(directory).appending(name).string }

    /// What lies there; nil when there is nothing.
    func read() throws(CacheError) -> CachedLayers? {
        do {
            let manager = FileManager.default
            guard manager.fileExists(atPath: path) else { return nil }
            let bytes = Array(try Data(contentsOf: URL(filePath: path)))
            let layers = try CacheFormat.decode(bytes)
            let modified = try manager.attributesOfItem(atPath: path)[.modificationDate] as? Date ?? .distantPast
            let age = max(0, Date().timeIntervalSince(modified))
            return CachedLayers(layers: layers, age: .seconds(age))
        } catch {
            throw .unreadable(path, "\(error)")
        }
    }

    /// Replaces the file: either the old or the new one is there whole, whatever happens.
    func write(_ layers: DocumentLayers) throws(CacheError) {
        let temporary = FilePath(directory).appending(temporaryName)
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            do {
                try writeDurably(CacheFormat.encode(layers), to: temporary)
                try check(rename(temporary.string, path))
            } catch {
                unlink(temporary.string)
                throw error
            }
            try syncDirectory()
        } catch {
            throw .unwritable(path, "\(error)")
        }
    }

    /// Notes that what lies there was proven to be the newest just now.
    func touch() throws(CacheError) {
        do {
            try check(utimensat(AT_FDCWD, path, nil, 0))
        } catch {
            throw .unwritable(path, "\(error)")
        }
    }

    private func writeDurably(_ bytes: [UInt8], to path: FilePath) throws {
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate, .noFollow], permissions: .ownerReadWrite)
        try file.closeAfter {
            try file.writeAll(bytes)
            try check(fsync(file.rawValue))
        }
    }

    private func syncDirectory() throws {
        let file = try FileDescriptor.open(directory, .readOnly, options: .directory)
        try file.closeAfter { try check(fsync(file.rawValue)) }
    }

    private func check(_ result: CInt) throws {
        if result != 0 { throw Errno(rawValue: errno) }
    }
}
