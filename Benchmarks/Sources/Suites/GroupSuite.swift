import ConfigModel
import ConfigWatcher
import Glibc

/// What a group of many documents costs: memory beyond the contents, the time until all are current, and adding one more.
struct GroupSuite {
    private static let documents = 10_000
    private static let bytes = 2_048

    func measure(_ report: Report) async throws {
        let source = GeneratedSource(bytes: Self.bytes)
        let before = residentBytes
        let group = WatcherGroup(source: source, logger: nil)
        let (outcomes, outcome) = AsyncStream<ContinuousClock.Instant>.makeStream()
        group.observe { _ in outcome.yield(.now) }
        let start = ContinuousClock.now
        for number in 0..<Self.documents { try group.watch(key: "service-\(number)/prod") }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            defer { tasks.cancelAll() }
            var applied = outcomes.makeAsyncIterator()
            var last = start
            for _ in 0..<Self.documents { last = await applied.next() ?? last }
            let resident = (residentBytes - before) / Self.documents - Self.bytes
            var added: [Double] = []
            for number in 0..<200 {
                let start = ContinuousClock.now
                let watcher = try group.watch(key: "added-\(number)/prod")
                if let end = await applied.next() { added.append((end - start).nanoseconds) }
                group.remove(watcher)
            }
            let name = "group of \(Self.documents)"
            report.note("group_memory", "\(name): memory a document beyond its content", resident)
            report.add(Measurement(name: "\(name): start until all are current", samples: [(last - start).nanoseconds]))
            report.add(Measurement(name: "\(name): one more document until it is current", samples: added))
        }
    }

    private var residentBytes: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
            separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * Int(getpagesize()) : 0
    }
}

/// A source that has a content of its own for every document.
private struct GeneratedSource: ConfigSource {
    let bytes: Int

    func run(_ feed: SourceFeed) async {
        for key in feed.documents { feed.send(.mayHaveChanged(isFresh: false), to: key) }
        for await request in feed.requests {
            switch request {
            case .follow(let key): feed.send(.mayHaveChanged(isFresh: true), to: key)
            case .unfollow, .followPrefix, .unfollowPrefix: break
            case .read(let read): read.respond(response(read.key))
            }
        }
    }

    /// A version of the document, read from text as one from a registry is.
    private func response(_ key: DocumentKey) -> SourceResponse {
        let epoch = Epoch(number: 1, identifier: "00000000-0000-4000-8000-000000000000")
        do {
            let text = Sample.text(bytes, port: 1_024 + abs(key.hashValue % 60_000))
            let content = try Content(parsing: Array(text.utf8))
            let record = Sample.record(content, of: key, version: 1, after: nil, epoch)
            return .version(
                DocumentVersion(
                    key: key, version: 1, epoch: epoch, recordEpoch: epoch, changeType: .created, content: content,
                    recordHash: record.recordHash, signature: nil))
        } catch {
            return .failed(SourceFailure("\(error)"))
        }
    }
}
