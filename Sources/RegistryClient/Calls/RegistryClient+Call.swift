import ConfigModel
import Logging
import RegistryAPI

extension RegistryClient {
    /// Makes a read and returns the response when its status is one of `statuses`.
    func read(
        _ request: RegistryRequest, accepting statuses: Set<Int> = [200]
    ) async throws(RegistryClientError) -> RegistryResponse {
        let start = ContinuousClock.now
        var attempt = 1
        while true {
            do {
                return try await answer(to: request, accepting: statuses)
            } catch {
                let elapsed = ContinuousClock.now - start
                guard
                    RetryPolicy.repeatsRead(after: error, attempt: attempt, elapsed: elapsed, timeout: timeout)
                else { throw error }
                if error.status == 429 {
                    let cancelled = RegistryClientError(.cancelled, "The call to the registry was cancelled.")
                    try await pause(RetryPolicy.pause(after: error, attempt: attempt), orThrow: cancelled)
                }
                attempt += 1
            }
        }
    }

    /// Makes a write under a change identifier, again while its outcome is unknown, for a bounded time.
    func write(
        _ request: RegistryRequest, changeID: String, accepting statuses: Set<Int> = [200, 201]
    ) async throws(RegistryClientError) -> RegistryResponse {
        var request = request
        request.headers.append((.idempotencyKey, changeID))
        if let trace = currentTrace {
            request.headers += [(.traceparent, trace.traceparent), (.tracestate, trace.tracestate)]
        }
        let start = ContinuousClock.now
        var attempt = 1
        while true {
            do {
                return try await answer(to: request, accepting: statuses)
            } catch {
                let failure = error.changing(changeID)
                guard
                    RetryPolicy.repeatsWrite(
                        after: failure, attempt: attempt, elapsed: ContinuousClock.now - start, timeout: timeout)
                else { throw attempt > 1 ? failure.afterUnknownOutcome() : failure }
                logger?.debug(
                    "a write is repeated under its change identifier",
                    metadata: ["attempt": "\(attempt)", "change_id": "\(changeID)", "error": "\(failure.message)"])
                let cancelled = RegistryClientError(
                    .interrupted, "The write was cancelled while its outcome was unknown.", changeID: changeID)
                try await pause(RetryPolicy.pause(after: failure, attempt: attempt), orThrow: cancelled)
                attempt += 1
            }
        }
    }

    private func answer(
        to request: RegistryRequest, accepting statuses: Set<Int>
    ) async throws(RegistryClientError) -> RegistryResponse {
        let answer = try await endpoints.call(request, timeout: timeout)
        guard statuses.contains(answer.response.status) else {
            throw ProblemReader.error(from: answer.response, url: answer.url).naming(answer.failures)
        }
        return answer.response
    }

    private func pause(
        _ duration: Duration, orThrow cancelled: RegistryClientError
    ) async throws(RegistryClientError) {
        do { try await Task.sleep(for: duration) } catch { throw cancelled }
    }
}

extension RegistryClientError {
    /// The error of a write of which an earlier attempt may have arrived: "nothing was sent" would not be true of it.
    fileprivate func afterUnknownOutcome() -> RegistryClientError {
        guard code == .unreachable || code == .tlsFailed || code == .cancelled else { return self }
        return RegistryClientError(.interrupted, message, problem: problem, changeID: changeID)
    }
}
