public import ConfigWatcher
public import Hummingbird

extension ConfigWatcher {
    /// Adds routes with which an operator looks at the watcher and controls it.
    ///
    /// | route | |
    /// |---|---|
    /// | `POST reload` | `{"force": true}`, or no body; `success` and what came of it |
    /// | `POST rollback` | `{"version": 7}`, `{"hash": "sha256:..."}`, `{"initial": true}`, or no body for the one before; 404 when it is not kept |
    /// | `POST pause`, `POST resume` | nothing is applied in between |
    /// | `GET status` | `health`: status, version, age, and why |
    /// | `GET stats` | the numbers that the watcher keeps |
    /// | `GET history?limit=20` | the last operations, 1 to 100 |
    /// | `GET backups` | the versions that a rollback can bring back |
    ///
    /// A version that is refused is no error of the request: 200 with `success: false` and the reason. No response holds a
    /// value of the document, except what the application's own validators and handlers say about it, and no request names
    /// a path or a source.
    ///
    /// - Parameter routes: with the application's own authentication, which its context proves.
    public func addRoutes<Context: OperatorRequestContext>(to routes: some RouterMethods<Context>) {
        let control = WatcherControl(watcher: self)
        routes.post("reload") { request, context in
            try await control.reload(WatcherRequestBody(request, known: ["force"]), by: context)
        }
        routes.post("rollback") { request, context in
            try await control.rollback(WatcherRequestBody(request, known: ["version", "hash", "initial"]), by: context)
        }
        routes.post("pause") { _, context in control.pause(by: context) }
        routes.post("resume") { _, context in control.resume(by: context) }
        routes.get("status") { _, _ in control.status() }
        routes.get("stats") { _, _ in control.statistics() }
        routes.get("history") { request, _ in try control.history(request.uri.queryParameters["limit"].map(String.init))
        }
        routes.get("backups") { _, _ in control.backups() }
    }
}
