public import ConfigModel
public import ConfigWatcher
public import WatcherCore

/// Files on this machine as the source of a watcher: one file for one document, or a directory with a file for each.
///
/// Changes are noticed by inotify and, where there is none, by looking every 2 seconds. An event means "look", never "this
/// changed": the same content is no reload, whatever was touched.
public struct FileSource: ConfigSource {
    let layout: FileLayout
    private let trust: FileTrust?
    private let pace: FilePace
    private let notices: @Sendable () throws(NoticesUnavailable) -> Notices

    init(
        _ layout: FileLayout, trusting trust: FileTrust?, pace: FilePace = FilePace(),
        notices: @escaping @Sendable () throws(NoticesUnavailable) -> Notices = {
            () throws(NoticesUnavailable) -> Notices in try Notices()
        }
    ) {
        self.layout = layout
        self.trust = trust
        self.pace = pace
        self.notices = notices
    }

    /// A day: the source itself looks at every file every 10 seconds.
    public var pollInterval: Duration? { .seconds(86_400) }

    /// Half a minute: three looks.
    public var staleAfter: Duration? { pace.interval * 3 }

    /// A file that is written in several parts is loaded once, 100 ms after the last.
    public var debounce: DebounceStrategy { .fixed(.milliseconds(100)) }

    /// `file`.
    public var trigger: ReloadTrigger { .file }

    /// All: a file is written by the owner of the machine.
    public var placeholders: Placeholders { .all }

    /// True.
    public var isLocal: Bool { true }

    /// None: files carry no signatures.
    ///
    /// - Throws: `WatcherError` when there are keys, unless the owner of the files is trusted without.
    public func trustedKeys(_ configured: TrustedKeys?) throws(WatcherError) -> TrustedKeys? {
        guard configured != nil, trust != .owner else { return nil }
        throw WatcherError(
            .invalidOptions,
            "A file carries no signature, so that WatcherOptions.trustedKeys would let nothing in it count. Say "
                + "trusting: .owner to trust the owner of \(layout.path), or leave the keys out.")
    }

    /// A directory has documents below a prefix, a single file has none.
    ///
    /// - Throws: `WatcherError` when it is a file.
    public func check(_ prefix: DocumentPrefix) throws(WatcherError) {
        guard case .file(let path, _) = layout else { return }
        throw WatcherError(
            .invalidOptions,
            "\(path) is one document, so that no documents below the prefix '\(prefix.service)' can be found in it. Follow the "
                + "document by its key, or use a source that has many: .directory(path) or .registry(...).")
    }

    /// The file that is not there; of a directory also the environments that are.
    public func absence(of key: DocumentKey) async -> String? { layout.absence(of: key) }

    /// Serves one watcher or group until the task is cancelled.
    public func run(_ feed: SourceFeed) async {
        let watch = FileWatch(layout, feed, pace, notices)
        await withDiscardingTaskGroup { group in
            group.addTask { await watch.run() }
            for await request in feed.requests { await watch.take(request) }
            group.cancelAll()
        }
    }
}

/// Who is trusted instead of a signature.
public enum FileTrust: Sendable {
    /// The owner of the files: permissions decide who may change the configuration.
    case owner
}
