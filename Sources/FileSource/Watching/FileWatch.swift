import AsyncSupport
import ConfigModel
import ConfigWatcher
import WatcherCore

/// How often files are looked at.
struct FilePace: Sendable {
    /// All of them, behind the notices.
    var interval = Duration.seconds(10)
    /// All of them, without notices.
    var intervalWithoutNotices = Duration.seconds(2)
    /// Between two looks, so that a storm of changes is looked at together.
    var pause = Duration.milliseconds(10)
}

/// Looks at the files of one watcher or group: when something happened in their directories, when a doubt is to be cleared,
/// and now and then.
///
/// Everything blocks on a queue of its own and on no thread of Swift's pool. While nothing happens it wakes up for the look
/// every 10 seconds and for nothing else.
actor FileWatch {
    private nonisolated let executor = QueueExecutor(label: "configbus.files")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let layout: FileLayout
    private let feed: SourceFeed
    private let pace: FilePace
    private let signal = WakeSignal()
    private var files: [DocumentKey: FollowedFile] = [:]
    /// Reads that wait for a look.
    private var reads: [SourceRead] = []
    private var watch: DirectoryWatch
    private var due = DueLooks()

    init(
        _ layout: FileLayout, _ feed: SourceFeed, _ pace: FilePace,
        _ notices: @escaping @Sendable () throws(NoticesUnavailable) -> Notices
    ) {
        self.layout = layout
        self.feed = feed
        self.pace = pace
        watch = DirectoryWatch(notices)
    }

    /// Looks until the task is cancelled.
    func run() async {
        for key in feed.documents { follow(key) }
        while !Task.isCancelled {
            let wait = due.next - .now
            if wait > .zero { await signal.wait(atMost: wait) }
            if due.next <= .now { look() }
        }
        watch.end()
    }

    /// Does what a watcher wants.
    func take(_ request: SourceRequest) {
        switch request {
        case .follow(let key): follow(key)
        case .unfollow(let key):
            files[key] = nil
            due.forget(key)
        case .followPrefix: due.lookAtEverything()
        case .unfollowPrefix: break
        case .read(let read):
            reads.append(read)
            if read.isFresh || read.isRequested { due.look(at: read.key) } else { answerReads() }
        }
        signal.signal()
    }

    private func follow(_ key: DocumentKey) {
        // One that was added while the source began is among the first, too.
        guard files[key] == nil else { return }
        files[key] = FollowedFile(key: key, path: layout.path)
        due.lookAtEverything()
    }

    // MARK: - Looking

    private func look() {
        let now = Instant.now
        var isComplete = due.coversEverything(at: now)
        let forced = due.forced.union(due.doubtful(at: now))
        due.begin()
        var news = Set<DocumentKey>()
        for _ in 0..<5 {
            let keys = isComplete ? Set(files.keys) : forced.intersection(files.keys)
            let survey = layout.survey(
                SurveyRequest(
                    keys: keys, stamps: files.compactMapValues(\.stamp), forced: forced,
                    prefixes: isComplete ? feed.prefixes : []))
            take(survey, &news)
            let hasFound = follow(found: survey.found)
            let hasNew = watch.watch(survey.places, isComplete: isComplete, on: executor.queue) { [weak self] in
                self?.assumeIsolated { $0.drain() }
            }
            // What is watched only from now on may have changed before; and files of two generations do not go together.
            guard hasNew || hasFound || !survey.isConsistent else { break }
            isComplete = true
        }
        announce(news, isComplete: isComplete)
        let interval = watch.failure == nil ? pace.interval : pace.intervalWithoutNotices
        due.end(isComplete: isComplete, interval: interval, pause: pace.pause)
    }

    /// Follows documents below the followed prefixes; true when there are some that have to be looked at.
    private func follow(found keys: Set<DocumentKey>) -> Bool {
        var isNews = false
        for key in keys.sorted() where feed.found(key) {
            if files[key] == nil {
                files[key] = FollowedFile(key: key, path: layout.path)
                isNews = true
            } else {
                feed.send(.mayHaveChanged(isFresh: false), to: key)
            }
        }
        return isNews
    }

    private func take(_ survey: Survey, _ news: inout Set<DocumentKey>) {
        let now = Instant.now
        for (key, sighting) in survey.sightings {
            guard let isNews = files[key]?.see(sighting.look, sighting.stamp, path: sighting.path, at: now) else {
                continue
            }
            if isNews { news.insert(key) }
            due.setDoubt(of: key, until: files[key]?.lookAgainAt)
        }
    }

    private func announce(_ news: Set<DocumentKey>, isComplete: Bool) {
        sayWhetherNoticesCome()
        answerReads()
        for key in news.sorted() { feed.send(.mayHaveChanged(isFresh: false), to: key) }
        guard isComplete else { return }
        for (key, file) in files where file.isSettled && !news.contains(key) { feed.send(.proved(age: .zero), to: key) }
    }

    private func answerReads() {
        let waiting = reads
        reads = []
        for read in waiting where read.isWanted {
            guard let file = files[read.key] else {
                read.respond(.unknown)
                continue
            }
            if let head = file.head, file.isSettled, !due.forced.contains(read.key) {
                read.respond(head)
            } else {
                reads.append(read)
            }
        }
    }

    /// Something happened in a directory.
    private func drain() {
        let places = watch.places
        for notice in watch.read() {
            switch notice {
            case .unknown: due.lookAtEverything()
            case .change(let directory, let name):
                switch places.meaning(of: name, in: directory) {
                case .everything: due.lookAtEverything()
                case .document(let key) where files[key] != nil: due.look(at: key)
                case .document(let key):
                    if feed.prefixes.contains(where: { $0.includes(key) }) { due.lookAtEverything() }
                case nil: break
                }
            }
        }
        if due.isPending { signal.signal() }
    }

    private func sayWhetherNoticesCome() {
        guard let failure = watch.failure else { return feed.stands() }
        feed.failed(
            SourceFailure(
                "\(layout.path) is looked at every \(pace.intervalWithoutNotices.components.seconds) s, because \(failure)",
                cause: failure.description, scope: .announcements))
    }
}
