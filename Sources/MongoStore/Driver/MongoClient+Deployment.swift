import CMongoC

extension MongoClient {
    /// Whether the server is one that has transactions: a member of a replica set, or the router of a sharded cluster.
    func hasTransactions() throws(MongoFailure) -> Bool {
        try plainCommand(in: "admin", ["hello": 1]) { reply throws(MongoFailure) in
            let isRouter = try reply.stringIfPresent("msg") == "isdbgrid"
            let setName = try reply.stringIfPresent("setName")
            return isRouter || setName != nil
        }
    }

    /// How this program names itself to the server; the URI may say otherwise.
    var applicationName: String {
        mongoc_uri_get_appname(mongoc_client_get_uri(pointer)).map { String(cString: $0) } ?? MongoURI.applicationName
    }
}
