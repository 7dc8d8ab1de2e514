import AsyncSupport
import ConfigModel

/// One call of a handler, which may go on after it was given up: a task that ignores its cancellation cannot be ended.
struct HandlerCall: Sendable {
    private let task: Task<Void, Never>
    private let completion: Completion<Result<Void, HandlerFailure>>

    /// Identifies the call.
    var id: ObjectIdentifier { ObjectIdentifier(completion) }

    init(_ body: @escaping @Sendable () async throws -> Void) {
        let completion = Completion<Result<Void, HandlerFailure>>()
        self.completion = completion
        task = Task {
            do {
                try await body()
                completion.resolve(.success(()))
            } catch {
                let failure = HandlerFailure(
                    description: error.reason, isTransient: error is any TransientFailure,
                    kind: (error as? any ClassifiedFailure)?.kind ?? .handler)
                completion.resolve(.failure(failure))
            }
        }
    }

    /// Waits for its end; nil when it did not end in time, or when the waiting task was cancelled.
    func result(within limit: Duration) async -> Result<Void, HandlerFailure>? { await completion.wait(atMost: limit) }

    /// Waits for its end as long as it takes; false when the waiting task was cancelled.
    func end() async -> Bool { await completion.wait() != nil }

    /// True when it ended.
    var hasEnded: Bool { completion.current != nil }

    func cancel() { task.cancel() }
}

/// What a handler threw.
struct HandlerFailure: Error, Sendable, Equatable {
    let description: String
    /// It may succeed later without anything being changed.
    var isTransient = false
    var kind = RejectionKind.handler
}
