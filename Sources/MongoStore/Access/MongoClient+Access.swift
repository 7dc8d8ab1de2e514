import ConfigAccess
import ConfigModel
import ConfigStore

/// What the store says about identities as a whole: the document `access` of the collection `meta`, `n` and `authentication`.
///
/// A change writes what it is about first and raises `n` then, which makes every registry read again. Where it is not known
/// whether a step was done all steps are done again; what a crash between two leaves behind is read within a minute.
extension MongoClient {
    /// Lets every registry read identities again, and says whether callers need a credential.
    func raiseAccess(_ rule: AuthenticationRule? = nil) throws(MongoFailure) {
        if rule == .required { try raiseFormat(to: Self.identityFormat) }
        var update: BSONFields = ["$inc": ["n": 1]]
        if let rule { update.append("$set", ["authentication": .string(rule.rawValue)]) }
        try upsert(in: .meta, ["_id": "access"], update)
    }

    /// No token is there before older programs are kept out and others know that callers need a credential.
    func requireAuthentication() throws(MongoFailure) {
        let required = BSONValue.string(AuthenticationRule.required.rawValue)
        let isRequired = try !find(
            in: .meta, ["_id": "access", "authentication": required], ["limit": 1, "singleBatch": true]
        ) { _ in true }.isEmpty
        if !isRequired { try raiseAccess(.required) }
    }
}
