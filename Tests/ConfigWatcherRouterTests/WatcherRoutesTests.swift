import ConfigModel
import ConfigWatcher
import ConfigWatcherRouter
import HTTPTypes
import TestSupport
import Testing

/// What an operator sees and does over the application's own routes.
@Suite(.timeLimit(.minutes(1))) struct WatcherRoutesTests {
    static let routes: [(HTTPRequest.Method, String)] = [
        (.post, "reload"), (.post, "rollback"), (.post, "pause"), (.post, "resume"), (.get, "status"), (.get, "stats"),
        (.get, "history"), (.get, "backups"),
    ]

    @Test(arguments: routes, [nil, "wrong"])
    func everyRouteIsBehindTheApplicationsMiddleware(_ route: (HTTPRequest.Method, String), _ token: String?)
        async throws
    {
        try await RouterScene.with { scene, _ in
            let answer = try await scene.call(route.0, route.1, token: token)
            #expect(answer.status == .unauthorized)
        }
    }

    @Test(arguments: routes)
    func noAnswerHoldsAValue(_ route: (HTTPRequest.Method, String)) async throws {
        try await RouterScene.with { scene, history in
            scene.source.set(try history.publish(RouterScene.content(2)))
            _ = try await scene.watcher.reload()
            let answer = try await scene.call(route.0, route.1, token: "right")
            #expect(answer.status == .ok && !answer.text.contains("hunter2") && !answer.object.isEmpty)
        }
    }

    @Test func aReloadAppliesWhatIsNewerAndTheHistoryNamesItsCause() async throws {
        try await RouterScene.with { scene, history in
            scene.source.set(try history.publish(RouterScene.content(2)))
            let answer = try await scene.post("reload")
            #expect(answer.object["success"] == .bool(true) && answer.object["version"] == .number(JSONNumber(2)))
            #expect(scene.watcher.current.value?.limit == 2)
            let operations = try await scene.get("history?limit=1")
            #expect(operations.text.contains(#""trigger":"api""#) && operations.text.contains(#""version":2"#))
        }
    }

    @Test func aRefusedReloadIsAnAnswerWithItsReason() async throws {
        try await RouterScene.with { scene, history in
            scene.source.set(try history.publish(RouterScene.content(-1)))
            let answer = try await scene.post("reload", #"{"force":true}"#)
            #expect(answer.status == .ok && answer.object["success"] == .bool(false))
            #expect(answer.text.contains("limit must be more than 0"))
            let status = try await scene.get("status")
            #expect(
                status.object["status"] == .string("degraded") && status.object["version"] == .number(JSONNumber(1)))
        }
    }

    /// Why the newest version does not run.
    enum Hindrance: String, CaseIterable, Sendable {
        case rejected = "limit must be more than 0"
        case deleted = "The document parsing/prod was deleted."
        case paused = "New versions wait"
        case pinned = "because of a rollback"
    }

    @Test(arguments: Hindrance.allCases)
    func aReloadThatLeavesTheNewestVersionOutIsNoSuccessAndSaysWhy(_ hindrance: Hindrance) async throws {
        try await RouterScene.with { scene, history in
            switch hindrance {
            case .rejected: scene.source.set(try history.publish(RouterScene.content(-1)))
            case .deleted: scene.source.set(try history.delete())
            case .paused, .pinned: scene.source.set(try history.publish(RouterScene.content(2)))
            }
            if hindrance == .paused { _ = try await scene.post("pause") }
            _ = try await scene.post("reload")
            if hindrance == .pinned { _ = try await scene.post("rollback") }
            let answer = try await scene.post("reload")
            #expect(answer.status == .ok && answer.object["success"] == .bool(false))
            #expect(answer.text.contains(hindrance.rawValue), "\(answer.text)")
        }
    }

    @Test func aReloadOfWhatRunsAlreadyIsASuccess() async throws {
        try await RouterScene.with { scene, _ in
            let answer = try await scene.post("reload")
            #expect(answer.object["success"] == .bool(true) && answer.text.contains("nothing to do"))
        }
    }

    @Test(arguments: [#"{"version":1}"#, #"{"initial":true}"#, ""])
    func aRollbackBringsAnEarlierVersionBack(_ body: String) async throws {
        try await RouterScene.with { scene, history in
            scene.source.set(try history.publish(RouterScene.content(2)))
            _ = try await scene.post("reload")
            let answer = try await scene.post("rollback", body)
            #expect(answer.object["success"] == .bool(true) && answer.object["outcome"] == .string("rolled_back"))
            #expect(scene.watcher.current.value?.limit == 1)
        }
    }

    @Test(arguments: [#"{"version":7}"#, #"{"hash":"sha256:0"}"#])
    func aVersionThatIsNotKeptIsNotFound(_ body: String) async throws {
        try await RouterScene.with { scene, _ in
            let answer = try await scene.post("rollback", body)
            #expect(answer.status == .notFound)
        }
    }

    @Test(arguments: [
        ("reload", #"{"forced":true}"#), ("reload", "[]"), ("reload", #"{"force":1}"#), ("reload", "{"),
        ("rollback", #"{"version":1,"initial":true}"#), ("rollback", #"{"path":"/etc/passwd"}"#),
        ("rollback", #"{"version":null}"#), ("rollback", #"{"hash":null}"#), ("rollback", #"{"initial":false}"#),
    ])
    func aBodyThatIsNotUnderstoodIsRefusedAndChangesNothing(_ route: String, _ body: String) async throws {
        try await RouterScene.with { scene, _ in
            let answer = try await scene.post(route, body)
            #expect(answer.status == .badRequest)
            #expect(scene.watcher.current.version == 1)
        }
    }

    @Test(arguments: [("0", 400), ("1", 200), ("100", 200), ("101", 400), ("all", 400)])
    func aHistoryHasOneToAHundredOperations(_ limit: String, _ status: Int) async throws {
        try await RouterScene.with { scene, _ in
            let answer = try await scene.get("history?limit=\(limit)")
            #expect(answer.status.code == status)
        }
    }

    @Test func whilePausedNothingIsApplied() async throws {
        try await RouterScene.with { scene, history in
            _ = try await scene.post("pause")
            scene.source.set(try history.publish(RouterScene.content(2)))
            _ = try await scene.post("reload")
            #expect(scene.watcher.current.version == 1)
            _ = try await scene.post("resume")
            let loaded = try await eventually("version 2") { scene.watcher.current.version == 2 ? true : nil }
            #expect(loaded)
        }
    }

    @Test func numbersAreThereBeforeTheFirstOperation() async throws {
        let watcher = try ConfigWatcher<RouterScene.Limits>(
            key: "parsing/prod", source: ReadSource(TestHistory(contents: [RouterScene.content(1)]).version(1)),
            logger: nil)
        #expect(watcher.statistics.reloads == 0)
        let answer = try await RouterScene.answer(of: watcher, to: "stats")
        #expect(answer.status == .ok && answer.object["success_rate"] == .null)
    }
}
