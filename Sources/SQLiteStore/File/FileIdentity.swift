import ConfigStore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which file lies at a path. What is written to a file whose path was removed is lost when the process ends.
struct FileIdentity: Sendable, Equatable {
    private let device: dev_t
    private let number: ino_t

    /// Nil when there is no file.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = status.st_dev
        number = status.st_ino
    }
}

/// The files of an open database, to notice when they are removed or replaced under it.
struct DatabaseFiles: Sendable {
    private let path: String
    private let identities: [String: FileIdentity]

    /// - Parameter path: of the database, which must be open with its write-ahead log.
    init(path: String) {
        self.path = path
        let paths = [path, "\(path)-wal"]
        identities = Dictionary(
            paths.compactMap { file in FileIdentity(path: file).map { (file, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// - Throws: `StoreError.invalid` when what would be written now would not be there after a restart.
    func requirePresent() throws(StoreError) {
        for (file, identity) in identities where FileIdentity(path: file) != identity {
            throw .invalid(
                """
                The file \(file) was removed or replaced while the registry uses it. Nothing more is written: stop the \
                registry, restore the data directory from a backup, and start it again.
                """)
        }
    }
}
