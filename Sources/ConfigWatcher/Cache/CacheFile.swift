import AsyncSupport
import ConfigModel
import FoundationEssentials
import SystemPackage
import WatcherCore

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

    /// The file of the watcher of this document in this directory. Names are hashes: a key may contain what a file system
    /// does not like, and two watchers of one document that see it differently have two files.
    init(directory: String, key: DocumentKey, isOverlay: Bool) {
        self.directory = directory
        let hash = SHA256Text.hash(Array("\(key)\(isOverlay ? "?overlay=true" : "")".utf8))
        name = String(hash.dropFirst(SHA256Text.prefix.count)) + ".json"
    }

    var path: String { FilePath(directory).appending(name).string }

    /// What lies there; nil when there is nothing.
    func read() throws(CacheError) -> CachedLayers? {
        do {
            guard let facts = try facts() else { return nil }
            let layers = try CacheFormat.decode(try RegularFile.read(path))
            // A clock that was set back makes no proof from the future: it is at least as old as it is ahead.
            let seconds = Date().timeIntervalSince1970 - Double(facts.st_mtim.tv_sec)
            return CachedLayers(layers: layers, age: .seconds(abs(seconds)))
        } catch {
            throw .unreadable(path, "\(error)")
        }
    }

    private func facts() throws(Errno) -> Stat? {
        do {
            return try Stat.ofLink(path)
        } catch {
            // Something on the way is no directory: nothing is there to be read, and writing says what is wrong.
            if error == .notDirectory { return nil }
            throw error
        }
    }

    /// Replaces the file: either the old or the new one is there whole, whatever happens.
    func write(_ layers: DocumentLayers) throws(CacheError) {
        do {
            try Folder.make(directory)
            try DurableFile.replace(path, with: CacheFormat.encode(layers))
        } catch {
            throw .unwritable(path, "\(error)")
        }
    }

    /// Notes that what lies there was proven to be the newest just now.
    func touch() throws(CacheError) {
        guard utimensat(AT_FDCWD, path, nil, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw .unwritable(path, "\(Errno(rawValue: errno))")
        }
    }
}
