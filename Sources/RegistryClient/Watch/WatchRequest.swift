import ConfigModel
import NIOHTTP1

/// The request that opens a watch.
struct WatchRequest {
    let request: RegistryRequest

    init(_ selection: WatchSelection, known: [DocumentKey: Int64]) {
        var request = RegistryRequest(path: "/api/watch")
        request.query =
            selection.services.map { ("service", $0) }
            + [("prefix", selection.prefix), ("environment", selection.environment)]
        request.headers = [("Accept", "text/event-stream")]
        let sorted = known.sorted { $0.key < $1.key }
        if !sorted.isEmpty {
            request.method = .POST
            request.headers.append(("Content-Type", "application/json"))
            var body = JSONWriter()
            body.object { body in
                body.object("known") { known in
                    for (key, version) in sorted { known.member("\(key)", version) }
                }
            }
            request.body = body.bytes
        }
        self.request = request
    }
}
