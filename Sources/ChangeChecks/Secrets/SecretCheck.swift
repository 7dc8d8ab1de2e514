package import ConfigModel

/// Finds texts that look like secrets: in a content, in its keys, and in what is said about the change.
///
/// It is help against accidents. It does not see a secret that is split or encoded.
package enum SecretCheck {
    /// What of a change looks like a secret.
    ///
    /// A key that is a secret itself is `***` in pointers: no finding shows a secret.
    ///
    /// - Parameters:
    ///   - content: the new content.
    ///   - comment: what is said about the change; its findings point to `comment`.
    ///   - author: the name that the change is recorded under; its findings point to `created_by`.
    ///   - head: the content that is in force. A secret that it has at the same place is a warning.
    ///   - notSecret: JSON pointers of values that the schema says are no secrets; nothing inside of them is one either.
    package static func report(
        content: JSONValue, comment: String, author: String, head: JSONValue?, notSecret: Set<String>
    ) -> CheckReport {
        var walk = SecretWalk(content, places: SecretPlaces(head: head, notSecret: notSecret))
        var places = walk.findings()
        places.report(TextScanner.rules(in: comment), at: "comment")
        places.report(TextScanner.rules(in: author), at: "created_by")
        return places.report
    }
}
