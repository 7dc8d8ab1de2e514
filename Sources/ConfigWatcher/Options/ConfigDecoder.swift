import ConfigModel
import FoundationEssentials
import WatcherCore

/// Makes a watcher's value from a document.
struct ConfigDecoder<Value: Sendable>: Sendable {
    let decode: @Sendable (DecoderInput) throws -> Value
    /// False when it takes no code of the application, so that it ends for certain.
    var runsApplicationCode = true
}

/// What there is to make a value from.
struct DecoderInput: Sendable {
    let key: DocumentKey
    let layers: DocumentLayers
    let content: Content
    let object: LazyObject
}

extension ConfigDecoder where Value: Decodable {
    /// Decodes the content as JSON.
    static func json(_ keys: KeyDecoding) -> ConfigDecoder {
        ConfigDecoder { input in
            let decoder = JSONDecoder()
            if keys == .convertFromSnakeCase { decoder.keyDecodingStrategy = .convertFromSnakeCase }
            do {
                return try decoder.decode(Value.self, from: Data(input.content.bytes))
            } catch let error as DecodingError {
                throw UndecodableContent(error, keys)
            }
        }
    }
}

extension ConfigDecoder where Value == ConfigDocument {
    /// Takes the content with the facts about it.
    static var document: ConfigDecoder {
        ConfigDecoder(decode: ConfigDocument.init, runsApplicationCode: false)
    }
}
