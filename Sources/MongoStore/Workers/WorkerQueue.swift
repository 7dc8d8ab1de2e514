import ConfigStore

/// Who works and who waits: the state of a `WorkerPool`. Continuations are resumed by the pool, outside its lock.
struct WorkerQueue: Sendable {
    typealias Lease = Result<MongoWorker, StoreError>

    private let workerLimit: Int
    private let waitingLimit: Int
    private let waitingTime: Duration
    private let makeWorker: @Sendable (_ number: Int) -> MongoWorker

    private var workerCount = 0
    private var free: [MongoWorker] = []
    /// First come, first served. Taking from the front moves at most `waitingLimit` elements.
    private var waiting: [WaitingCall] = []
    private(set) var isClosed = false
    private var closers: [CheckedContinuation<[MongoWorker], Never>] = []

    init(
        workerLimit: Int, waitingLimit: Int, waitingTime: Duration,
        makeWorker: @escaping @Sendable (_ number: Int) -> MongoWorker
    ) {
        self.workerLimit = workerLimit
        self.waitingLimit = waitingLimit
        self.waitingTime = waitingTime
        self.makeWorker = makeWorker
    }

    /// A free worker or a new one; nil when the caller has to wait.
    mutating func takeWorker() throws(StoreError) -> MongoWorker? {
        if isClosed { throw .closed }
        if let worker = free.popLast() { return worker }
        guard workerCount == workerLimit else {
            workerCount += 1
            return makeWorker(workerCount)
        }
        guard waiting.count < waitingLimit else { throw .overloaded }
        return nil
    }

    /// Nil when the caller is in the queue now.
    mutating func takeWorkerOrWait(_ continuation: CheckedContinuation<Lease, Never>) -> Lease? {
        do throws(StoreError) {
            if let worker = try takeWorker() { return .success(worker) }
        } catch {
            return .failure(error)
        }
        waiting.append(WaitingCall(continuation: continuation, since: .now))
        return nil
    }

    /// Gives a worker to the first call in the queue; those that waited too long are sent away.
    mutating func release(_ worker: MongoWorker) -> Resumptions {
        var resumptions = Resumptions()
        let expired = waiting.prefix { $0.since.duration(to: .now) > waitingTime }.count
        resumptions.calls = waiting.prefix(expired).map { ($0.continuation, .failure(.overloaded)) }
        if waiting.count > expired {
            resumptions.calls.append((waiting[expired].continuation, .success(worker)))
            waiting.removeFirst(expired + 1)
        } else {
            waiting.removeAll(keepingCapacity: true)
            free.append(worker)
        }
        if isClosed, let workers = allWorkersWhenIdle() {
            resumptions.closers = closers.map { ($0, workers) }
            closers.removeAll()
        }
        return resumptions
    }

    /// Refuses every later call. Nil when the caller is resumed later, when the last worker has become free.
    mutating func close(_ continuation: CheckedContinuation<[MongoWorker], Never>) -> [MongoWorker]? {
        isClosed = true
        if let workers = allWorkersWhenIdle() { return workers }
        closers.append(continuation)
        return nil
    }

    private func allWorkersWhenIdle() -> [MongoWorker]? { free.count == workerCount ? free : nil }
}

/// A call that waits for a worker.
private struct WaitingCall: Sendable {
    let continuation: CheckedContinuation<WorkerQueue.Lease, Never>
    let since: ContinuousClock.Instant
}

/// Whom to resume with what.
struct Resumptions: Sendable {
    var calls: [(CheckedContinuation<WorkerQueue.Lease, Never>, WorkerQueue.Lease)] = []
    var closers: [(CheckedContinuation<[MongoWorker], Never>, [MongoWorker])] = []

    func resume() {
        for (continuation, answer) in calls { continuation.resume(returning: answer) }
        for (continuation, workers) in closers { continuation.resume(returning: workers) }
    }
}
