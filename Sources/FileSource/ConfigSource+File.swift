public import ConfigWatcher

extension ConfigSource where Self == FileSource {
    /// One document in one file.
    ///
    /// ```swift
    /// let watcher = try ConfigWatcher<ParsingConfig>(key: "parsing/prod", source: .file("/etc/parsing/config.yaml"))
    /// ```
    ///
    /// - Parameters:
    ///   - path: the file; it need not be there yet. A relative path counts from the current directory of this moment.
    ///   - format: its notation; `.auto` goes by the ending of its name.
    ///   - trust: `.owner` to use it although `WatcherOptions.trustedKeys` are set.
    public static func file(
        _ path: String, format: FileFormat = .auto, trusting trust: FileTrust? = nil
    ) -> FileSource {
        FileSource(.file(AbsolutePath.of(path), format), trusting: trust)
    }

    /// A directory with one file for each document, `environment/service.json`, `.yaml`, `.yml` or `.toml`. A followed prefix
    /// has the documents whose files are there, and those whose files come.
    ///
    /// - Parameters:
    ///   - path: the directory; it need not be there yet. A relative path counts from the current directory of this moment.
    ///   - trust: `.owner` to use it although `WatcherOptions.trustedKeys` are set.
    public static func directory(_ path: String, trusting trust: FileTrust? = nil) -> FileSource {
        FileSource(.directory(AbsolutePath.of(path)), trusting: trust)
    }
}
