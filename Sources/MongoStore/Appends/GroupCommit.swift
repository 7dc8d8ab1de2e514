import ConfigModel
import ConfigStore
import Synchronization

/// Group commit: while an insert is under way, what arrives waits and then goes together in one command.
///
/// A version alone goes at once. Many at the same time cost the server and the driver little more than one. The first of
/// those that waited inserts for all of them and returns each its result, so that nothing runs that no caller waits for.
final class GroupCommit: Sendable {
    /// Why a version was not stored, or may not be; nil when it is.
    typealias Failures = [MongoFailure?]

    private let state: Mutex<WaitingAppends>
    private let insert: @Sendable ([VersionRecord]) async throws(StoreError) -> Failures

    /// - Parameters:
    ///   - waitingLimit: how many versions may wait; beyond it a caller gets `StoreError.overloaded`.
    ///   - insert: throws when nothing was sent; otherwise answers for each version, in order.
    init(
        waitingLimit: Int,
        insert: @escaping @Sendable ([VersionRecord]) async throws(StoreError) -> Failures
    ) {
        state = Mutex(WaitingAppends(waitingLimit: waitingLimit))
        self.insert = insert
    }

    /// How many versions wait now.
    var waitingCount: Int { state.withLock { $0.count } }

    /// Inserts a version, alone or with others.
    func append(_ record: VersionRecord) async throws(StoreError) -> MongoFailure? {
        let resumption = await withCheckedContinuation { continuation in
            let append = WaitingAppend(record: record, continuation: continuation)
            if let resumption = state.withLock({ $0.take(append) }) { continuation.resume(returning: resumption) }
        }
        switch resumption {
        case .insertion(let others): return try await insert(record, for: others)
        case .result(let result): return try result.get()
        }
    }

    private func insert(
        _ record: VersionRecord, for others: [WaitingAppend]
    ) async throws(StoreError) -> MongoFailure? {
        let result: Result<Failures, StoreError>
        do throws(StoreError) {
            result = .success(try await insert([record] + others.map(\.record)))
        } catch {
            result = .failure(error)
        }
        // The next command goes out before this one's callers go on.
        if let (next, others) = state.withLock({ $0.end() }) {
            next.continuation.resume(returning: .insertion(for: others))
        }
        for (index, other) in others.enumerated() {
            other.continuation.resume(returning: .result(result.map { $0[index + 1] }))
        }
        return try result.get()[0]
    }
}

/// A version whose caller waits.
struct WaitingAppend: Sendable {
    /// What a caller that waited gets.
    enum Resumption: Sendable {
        /// It is to insert its own version and these.
        case insertion(for: [WaitingAppend])
        /// Another has inserted its version, or tried.
        case result(Result<MongoFailure?, StoreError>)
    }

    let record: VersionRecord
    let continuation: CheckedContinuation<Resumption, Never>
}
