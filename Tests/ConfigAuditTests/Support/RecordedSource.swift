import ConfigAudit
import ConfigModel
import Synchronization
import TestSupport

@testable import RegistryAPI
@testable import RegistryClient

/// A registry's answers out of histories in memory, for what a real registry never does: rewriting history, losing
/// versions, being away at the right moment.
final class RecordedSource: AuditSource {
    struct State {
        var histories: [DocumentKey: [VersionRecord]] = [:]
        /// Thrown by every call.
        var outage: RegistryClientError?
        /// Thrown by calls about these documents.
        var refusals: [DocumentKey: RegistryClientError] = [:]
        /// Versions that are there and cannot be read.
        var damaged: Set<Int64> = []
        /// Versions up to this one are not kept any more.
        var pruned: Int64 = 0
        /// The largest answer, in versions.
        var largestAnswer = Int.max
        /// How many heads are on a page at most.
        var headsPageSize = 3
        /// Thrown when a checkpoint is given away.
        var anchorRefusal: RegistryClientError?
        /// The checkpoints that were given away, by the log's name.
        var anchors: [String: [[UInt8]]] = [:]
        var calls = 0
    }

    let state = Mutex(State())

    init(_ chains: RecordChain...) { for chain in chains { set(chain) } }

    /// From now on this is the document's history.
    func set(_ chain: RecordChain) { state.withLock { $0.histories[chain.key] = chain.records } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    var calls: Int { state.withLock { $0.calls } }

    func history(
        of key: DocumentKey, before: Int64?, limit: Int
    ) async throws(RegistryClientError) -> [VersionRecord] {
        let state = try call(about: key)
        guard limit <= state.largestAnswer else { throw RegistryClientError(.answerTooLarge, "too large") }
        let records = (state.histories[key] ?? []).reversed().filter {
            $0.version < before ?? .max && !state.damaged.contains($0.version)
                && $0.version > state.pruned
        }
        return Array(records.prefix(limit))
    }

    func version(_ version: Int64, of key: DocumentKey) async throws(RegistryClientError) -> VersionRecord {
        let state = try call(about: key)
        guard let record = state.histories[key]?.first(where: { $0.version == version }) else {
            throw RegistryClientError(.notFound, "there is no version \(version)")
        }
        guard version > state.pruned else {
            throw RegistryClientError(
                .notFound, "version \(version) is not kept any more",
                problem: Problem("pruned", title: "", status: 410, detail: nil, members: JSONObject()))
        }
        guard !state.damaged.contains(version) else { throw Self.damage(of: record) }
        return record
    }

    private static func damage(of record: VersionRecord) -> RegistryClientError {
        var members = JSONObject()
        members["epoch"] = .string(record.epoch.description)
        let problem = Problem("damaged-version", title: "", status: 500, detail: nil, members: members)
        return RegistryClientError(
            .damaged, "Version \(record.version) of \(record.key) is damaged.", problem: problem)
    }

    func headSummaries(_ query: ListRequest) async throws(RegistryClientError) -> Page<HeadSummary> {
        let state = try call(about: nil)
        let all = state.histories.values.compactMap(\.last).filter { $0.key.isSchema == query.listsSchemas }
            .sorted { $0.key < $1.key }
        let heads = all.filter { !state.damaged.contains($0.version) }
        let rest = query.cursor.map { cursor in Array(heads.drop { "\($0.key)" != cursor }.dropFirst()) } ?? heads
        let page = rest.prefix(min(query.limit ?? 100, state.headsPageSize))
        return Page(
            elements: page.map { record in
                HeadSummary(
                    key: record.key, version: record.version, changeType: record.changeType,
                    contentHash: record.content.hash, recordHash: record.recordHash, epoch: record.epoch,
                    createdAt: record.createdAt, createdBy: record.createdBy, comment: record.comment)
            },
            next: page.count < rest.count ? page.last.map { "\($0.key)" } : nil,
            damaged: Dictionary(
                uniqueKeysWithValues: all.filter { state.damaged.contains($0.version) }.map { ($0.key, $0.version) }))
    }

    func raiseAnchor(of log: String, to checkpoint: [UInt8]) async throws(RegistryClientError) {
        let refusal = state.withLock { state in
            if state.anchorRefusal == nil { state.anchors[log, default: []].append(checkpoint) }
            return state.anchorRefusal
        }
        if let refusal { throw refusal }
    }

    private func call(about key: DocumentKey?) throws(RegistryClientError) -> State {
        let state = state.withLock { state in
            state.calls += 1
            return state
        }
        if let error = state.outage ?? key.flatMap({ state.refusals[$0] }) { throw error }
        return state
    }
}
