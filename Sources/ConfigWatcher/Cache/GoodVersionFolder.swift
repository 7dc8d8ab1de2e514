import AsyncSupport
import ConfigModel
import FoundationEssentials
import SystemPackage
import WatcherCore

/// One watcher's good versions on disk: a folder beside its cache file, with a file of the same form for each version. Every
/// call blocks its thread.
///
/// A file is named by the order in which the versions ran and by what is in it: `00000042-9f86d081884c7d65.json`.
struct GoodVersionFolder: Sendable {
    private static let digits = 8

    let path: String
    let count: Int

    /// The folder that belongs to a cache file.
    ///
    /// - Parameter count: how many versions are kept.
    init(beside cache: CacheFile, count: Int) {
        path = FilePath(cache.directory).appending(cache.name.dropSuffix(".json") + ".good").string
        self.count = count
    }

    /// What is there, in the order in which it ran, and what cannot be read.
    func read() -> (versions: [DocumentLayers], failures: [CacheError]) {
        var versions: [DocumentLayers] = []
        var failures: [CacheError] = []
        for name in names() {
            let file = FilePath(path).appending(name).string
            do {
                versions.append(try CacheFormat.decode(try RegularFile.read(file)))
            } catch {
                failures.append(.unreadable(file, "\(error)"))
                try? RegularFile.remove(file)
            }
        }
        return (versions, failures)
    }

    /// Adds a version, or makes it the newest when it is there; the oldest ones go when there are too many.
    func write(_ layers: DocumentLayers) throws(CacheError) {
        let before = names()
        let suffix = "-\(Self.identity(of: layers)).json"
        let number = (before.last.flatMap { Int($0.prefix(Self.digits)) } ?? 0) + 1
        let file = FilePath(path).appending(Self.padded(number) + suffix).string
        do {
            try Folder.make(path)
            try DurableFile.replace(file, with: CacheFormat.encode(layers))
            let others = before.filter { !$0.hasSuffix(suffix) }
            let obsolete = before.filter { $0.hasSuffix(suffix) } + others.dropLast(max(0, count - 1))
            for name in obsolete { try RegularFile.remove(FilePath(path).appending(name).string) }
        } catch {
            throw .unwritable(file, "\(error)")
        }
    }

    /// The files, the oldest version first. Nothing else is touched.
    private func names() -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return all.filter { name in
            name.utf8.count == Self.digits + 1 + 16 + 5 && name.hasSuffix(".json")
                && name.prefix(Self.digits).allSatisfy { $0.isASCII && $0.isNumber }
        }.sorted()
    }

    private static func identity(of layers: DocumentLayers) -> String {
        let text = [layers.main, layers.base].map { $0?.recordHash ?? "" }.joined(separator: " ")
        return String(SHA256Text.hash(Array(text.utf8)).dropFirst(SHA256Text.prefix.count).prefix(16))
    }

    private static func padded(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension String {
    fileprivate func dropSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
