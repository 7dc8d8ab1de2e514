import ConfigModel
import ConfigRegistry
import RegistryAPI
import ServiceLifecycle

/// Holds the response to a `GET` while there is nothing new to say: the document is unknown, has not reached the wanted
/// version, or is what the reader has already.
struct LongPoll: Sendable {
    let registry: any RegistryReads
    let key: DocumentKey
    let options: HeadOptions
    let condition: ReadCondition

    /// What there is to say, or what there is when the time is over or the server stops.
    func head(within wait: Duration) async throws -> HeadSnapshot? {
        let deadline = ContinuousClock.now + wait
        return try await cancelWhenGracefulShutdown {
            while true {
                let state = try await state()
                guard !state.isNews, ContinuousClock.now < deadline, !Task.isCancelled else {
                    return try state.head.get()
                }
                _ = try await registry.head(of: key, changedFrom: state.etag, within: deadline - .now)
            }
        }
    }

    private struct State {
        let head: Result<HeadSnapshot?, RegistryError>
        let isNews: Bool
        /// Of the head as it is; empty when there is none.
        let etag: String
    }

    private func state() async throws(RegistryError) -> State {
        do {
            let head = try await registry.head(of: key, options)
            let isNews = head.map { !condition.matches($0.etag, isLiving: !$0.record.isTombstone) } ?? false
            return State(head: .success(head), isNews: isNews, etag: head?.etag ?? "")
        } catch {
            guard case .behind(_, _, let version) = error else { throw error }
            let etag = version.map { registry.epoch.etag($0) } ?? ""
            return State(head: .failure(error), isNews: false, etag: etag)
        }
    }
}
