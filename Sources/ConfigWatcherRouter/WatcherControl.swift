import ConfigModel
import ConfigWatcher
import Hummingbird
import Logging
import WatcherCore

/// What the routes of one watcher do.
struct WatcherControl<Value: Sendable>: Sendable {
    let watcher: ConfigWatcher<Value>

    func reload(_ body: WatcherRequestBody, by caller: some OperatorRequestContext) async throws -> ControlResponse {
        let isForced = try body.read { object throws(JSONFieldError) in try object.optionalBool("force") } ?? false
        log("reload", by: caller)
        return try await result {
            try await watcher.reload(force: isForced, trigger: .api)
        } otherwise: {
            watcher.hindrance
        }
    }

    func rollback(_ body: WatcherRequestBody, by caller: some OperatorRequestContext) async throws -> ControlResponse {
        let target = try rollbackTarget(body)
        log("rollback", by: caller)
        return try await result { try await watcher.rollback(to: target) }
    }

    func pause(by caller: some OperatorRequestContext) -> ControlResponse {
        log("pause", by: caller)
        watcher.pause()
        return ControlResponse(["success": .bool(true)])
    }

    func resume(by caller: some OperatorRequestContext) -> ControlResponse {
        log("resume", by: caller)
        watcher.resume()
        return ControlResponse(["success": .bool(true)])
    }

    func status() -> ControlResponse {
        var status = watcher.health.json
        status["document"] = .string("\(watcher.key)")
        return ControlResponse(status)
    }

    func statistics() -> ControlResponse { ControlResponse(watcher.statistics.controlJSON) }

    func history(_ limit: String?) throws -> ControlResponse {
        let number = limit.map { Int($0) } ?? 20
        guard let number, (1...100).contains(number) else {
            throw HTTPError(.badRequest, message: "The parameter 'limit' is a number from 1 to 100.")
        }
        return ControlResponse(["operations": .array(watcher.history(limit: number).map { .object($0.json) })])
    }

    func backups() -> ControlResponse {
        ControlResponse(["backups": .array(watcher.backups.map { .object($0.controlJSON) })])
    }

    private func rollbackTarget(_ body: WatcherRequestBody) throws -> RollbackTarget {
        let targets = try body.read { object throws(JSONFieldError) -> [RollbackTarget] in
            // An empty variable of a caller must not become another command.
            for name in ["version", "hash", "initial"] where object[name] == .null || object[name] == .bool(false) {
                throw JSONFieldError(field: name, problem: .invalid("leave it out, or give it a value."))
            }
            return [
                try object.optionalInt64("version").map { RollbackTarget.version($0) },
                try object.optionalString("hash").map { .hash($0) },
                try object.optionalBool("initial") == true ? .initial : nil,
            ].compactMap { $0 }
        }
        guard targets.count <= 1 else {
            throw HTTPError(
                .badRequest, message: "Name one of 'version', 'hash' and 'initial', or none for the one before.")
        }
        return targets.first ?? .previous
    }

    /// What a command came to. Only what the caller can do something about is an error of the request.
    ///
    /// - Parameter hindrance: why nothing came of it; nil when there was nothing to do.
    private func result(
        _ command: () async throws -> Outcome?, otherwise hindrance: () -> String? = { nil }
    ) async throws -> ControlResponse {
        do {
            guard let outcome = try await command() else {
                if let reason = hindrance() {
                    return ControlResponse(["success": .bool(false), "reason": .string(reason)])
                }
                return ControlResponse(["success": .bool(true), "reason": .string("There was nothing to do.")])
            }
            return ControlResponse(outcome.controlJSON)
        } catch let error as WatcherError {
            switch error.code {
            case .unknownVersion: throw HTTPError(.notFound, message: error.message)
            case .notRunning: throw HTTPError(.serviceUnavailable, message: error.message)
            default: return ControlResponse(["success": .bool(false), "reason": .string(error.message)])
            }
        }
    }

    private func log(_ command: String, by caller: some OperatorRequestContext) {
        caller.logger.notice(
            "an operator controls a watcher",
            metadata: [
                "document": "\(watcher.key)", "command": "\(command)", "operator": "\(caller.operatorName)",
            ])
    }
}
