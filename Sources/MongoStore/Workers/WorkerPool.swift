import ConfigStore
import Synchronization

/// Hands calls to workers: the one that became free last goes first, so that few connections stay warm; when all are busy
/// the calls wait in one queue and the next free worker takes the first of them.
///
/// The queue is bounded: calls of a C library cannot be interrupted, and work that no caller waits for any more would only
/// make it longer.
final class WorkerPool: Sendable {
    private let state: Mutex<WorkerQueue>
    private let search: ServerSearch

    init(_ clients: ClientPool, settings: ClientSettings, connections: Int, waitingCalls: Int, waitingTime: Duration) {
        search = settings.search
        let makeWorker: @Sendable (Int) -> MongoWorker = { MongoWorker(number: $0, pool: clients, settings: settings) }
        state = Mutex(
            WorkerQueue(
                workerLimit: connections, waitingLimit: waitingCalls, waitingTime: waitingTime, makeWorker: makeWorker))
    }

    /// True from the moment when new calls are refused.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Runs an operation on a worker's client.
    func run<Value: Sendable>(
        _ operation: @Sendable (MongoClient) throws(MongoFailure) -> Value
    ) async throws(StoreError) -> Value {
        let worker = try await freeWorker()
        do throws(MongoFailure) {
            return try await worker.run(operation, finished: release)
        } catch {
            throw storeError(error)
        }
    }

    /// What a failure on one of these workers means to the caller of the store.
    func storeError(_ failure: MongoFailure) -> StoreError { failure.storeError(search) }

    /// Refuses new calls, lets the accepted ones finish and closes every connection.
    func close() async {
        let workers = await withCheckedContinuation { continuation in
            let workers = state.withLock { $0.close(continuation) }
            if let workers { continuation.resume(returning: workers) }
        }
        for worker in workers.dropFirst() { await worker.close() }
        await workers.first?.closePool()
    }

    private func freeWorker() async throws(StoreError) -> MongoWorker {
        if let worker = try state.withLock({ queue throws(StoreError) in try queue.takeWorker() }) { return worker }
        let answer: Result<MongoWorker, StoreError> = await withCheckedContinuation { continuation in
            let answer = state.withLock { $0.takeWorkerOrWait(continuation) }
            if let answer { continuation.resume(returning: answer) }
        }
        return try answer.get()
    }

    private func release(_ worker: MongoWorker) {
        state.withLock { $0.release(worker) }.resume()
    }
}
