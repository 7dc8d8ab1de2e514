import FoundationEssentials
import MongoStore

extension ServeSettings {
    /// The store for a person: the path of its folder, or the servers and the database, without credentials.
    var storePlace: String {
        if let mongodbURI { return MongoStore.place(of: mongodbURI) ?? "MongoDB" }
        guard !dataDirectory.hasPrefix("/") else { return dataDirectory }
        return "\(FileManager.default.currentDirectoryPath)/\(dataDirectory)"
    }
}
