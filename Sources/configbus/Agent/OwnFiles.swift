import SystemPackage

/// What the agent reads and keeps for itself, which no document is written over.
struct OwnFiles {
    private let cache: String?
    private let cacheFolder: FolderIdentity?
    private var settings: [FilePlace: String] = [:]

    /// - Parameter cache: the folder that it keeps; nil when the settings name none.
    init(cache: String?) {
        self.cache = cache
        cacheFolder = cache.flatMap { FolderIdentity($0) }
    }

    /// - Parameters:
    ///   - path: a file that it reads; nil is none.
    ///   - name: what the file is, as a part of a sentence.
    mutating func add(_ path: String?, _ name: String) {
        guard let path else { return }
        for path in [path, FilePlace.real(path) ?? path] { settings[FilePlace(path)] = name }
    }

    /// What the file at a place is; nil when it is none of them.
    func name(of place: FilePlace) -> String? { settings[place] }

    /// All of them.
    var places: [(place: FilePlace, name: String)] { settings.map { ($0.key, $0.value) } }

    /// True for the folder that it keeps, and what is in there.
    func contains(folder: String) -> Bool {
        guard let cacheFolder, let real = FilePlace.real(folder) else {
            guard let cache else { return false }
            return FilePath(folder).lexicallyNormalized().starts(with: FilePath(cache).lexicallyNormalized())
        }
        var path = FilePath(real)
        while FolderIdentity(path.string) != cacheFolder {
            guard path.removeLastComponent() else { return false }
        }
        return true
    }
}
