import ConfigModel
import ConfigSignatures
import TestSupport

@testable import WatcherCore

/// A watcher's decisions among random deliveries: duplicated, reordered, dropped and forged events, answers that are late,
/// stale or missing, epochs that change, reloads that fail.
struct WatchSimulation {
    private(set) var state: WatchState
    private(set) var applied: [DocumentVersion] = []
    private(set) var rejectedVersions: Set<Int64> = []
    private(set) var now = Instant.now
    private var random: Jitter
    private let signer: RecordSigner?
    private let stranger: RecordSigner
    /// What the store holds; a later history replaces the earlier.
    private(set) var histories: [TestHistory]
    private var requests: [ReadRequest] = []
    private var jobs: [ReloadJob] = []
    private var isFaulty = true
    /// What was signed about epochs.
    private var statements: [Epoch: EpochStatement] = [:]

    init(seed: UInt64, isSigned: Bool) throws {
        random = Jitter(seed: seed)
        signer = isSigned ? try RecordSigner.generate() : nil
        stranger = try RecordSigner.generate()
        histories = [try TestHistory.numbered(1, signer: signer)]
        let keys = try signer.map { try TrustedKeys([$0.publicKey]) }
        state = WatchState(
            key: try DocumentKey(parsing: "parsing/prod"), isOverlay: false,
            options: WatchOptions(trustedKeys: keys), now: now, jitter: Jitter(seed: seed))
        send(.started)
        send(.source(.mayHaveChanged(isFresh: false), state.key))
    }

    var head: VersionRecord { histories[histories.count - 1].version(histories[histories.count - 1].records.count) }

    /// The true content of a version.
    func truth(_ document: DocumentVersion) -> VersionRecord? {
        histories.first { $0.epoch == document.epoch }?.records.first { $0.version == document.version }
    }

    /// One random thing happens.
    mutating func step() throws {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<12: try publish()
        case 12..<13 where histories.count == 1:
            let next = try TestHistory.numbered(1, epoch: TestHistory.secondEpoch, signer: signer)
            statements[next.epoch] = try next.statement()
            histories.append(next)
        case 13..<45: if let record = anyRecord { announce(ConfigEvent(record, inlineLimit: anyLimit)) }
        case 45..<60: announce(try forgedEvent())
        case 60..<80: answerOne()
        case 80..<92: finishOne()
        case 92..<94: send(.source(.established, state.key))
        default: wait(.milliseconds(Int64.random(in: 1...5_000, using: &random)))
        }
    }

    /// Faults stop; only what the watcher asks by itself can help it, its last events were lost.
    mutating func settle() {
        isFaulty = false
        for _ in 0..<200 {
            while !requests.isEmpty || !jobs.isEmpty {
                answerOne()
                finishOne()
            }
            wait(.seconds(5))
        }
    }

    private mutating func publish() throws {
        let last = histories.count - 1
        try histories[last].publish("{\"n\":\(Int.random(in: 0..<1_000_000, using: &random))}")
    }

    private mutating func wait(_ duration: Duration) {
        now += duration
        send(.tick)
    }

    private var anyLimit: Int { mutating get { Bool.random(using: &random) ? 65_536 : 0 } }

    private var anyRecord: VersionRecord? {
        mutating get { histories.randomElement(using: &random)?.records.randomElement(using: &random) }
    }

    /// Another content under a number around the head's, signed by nobody, by a stranger, or with a signature that belongs to
    /// a true version.
    private mutating func forgedEvent() throws -> ConfigEvent {
        let epoch =
            [TestHistory.firstEpoch, TestHistory.secondEpoch, TestHistory.otherStore]
            .randomElement(using: &random) ?? TestHistory.firstEpoch
        let count = Int.random(in: 1...histories[histories.count - 1].records.count + 3, using: &random)
        let lie = try TestHistory(epoch: epoch, contents: (1...count).map { "{\"evil\":\($0)}" }).version(count)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return ConfigEvent(lie)
        case 1: return ConfigEvent(lie.signed(try stranger.sign(lie)))
        default: return ConfigEvent(lie.signed(anyRecord?.signature))
        }
    }

    private mutating func answerOne() {
        guard let index = requests.indices.randomElement(using: &random) else { return }
        let request = requests.remove(at: index)
        let roll = isFaulty ? Int.random(in: 0..<10, using: &random) : 9
        let answer: SourceResponse
        switch roll {
        case 0..<3: answer = .failed(SourceFailure("away"))
        case 3: answer = .unknown
        case 4: answer = anyRecord.map { .version(served($0)) } ?? .unknown
        default:
            if request.minimumVersion.map({ $0 > head.version }) ?? false
                || request.epoch.map({ $0 != head.epoch }) ?? false
            {
                answer = .behind(reason: "not yet")
            } else if request.etag == DocumentVersion(head).etag {
                answer = .notModified(head.signedFacts)
            } else {
                answer = .version(served(head))
            }
        }
        send(.received(answer, request))
    }

    private func served(_ record: VersionRecord) -> DocumentVersion {
        DocumentVersion(
            key: record.key, version: record.version, epoch: record.epoch, recordEpoch: record.epoch,
            changeType: record.changeType, content: record.content, recordHash: record.recordHash,
            signature: record.signature, epochStatement: statements[record.epoch])
    }

    private mutating func finishOne() {
        guard let job = jobs.popLast(), let document = job.layers.main else { return }
        let isBad = document.version.isMultiple(of: 7)
        if isBad { rejectedVersions.insert(document.version) } else { applied.append(document) }
        let report = ReloadReport(
            job: job, verdict: isBad ? .refused(reason: "bad") : .applied, contentHash: document.content.hash,
            handlers: [],
            warnings: [], finishedAt: Timestamp(milliseconds: 0), times: ReloadTimes())
        send(.finished(report))
    }

    private mutating func announce(_ event: ConfigEvent) { send(.source(.announced(event), event.key)) }

    private mutating func send(_ input: WatchInput) {
        for action in state.receive(input, at: now) {
            switch action {
            case .read(let request): requests.append(request)
            case .run(let job): jobs.append(job)
            default: break
            }
        }
    }
}
