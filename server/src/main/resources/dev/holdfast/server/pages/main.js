import "./holdfast-app.js";
import { feed } from "./feed.js";
import { takeTokenFromAddress } from "./session.js";
import { preferredLanguage, speak } from "./words.js";

takeTokenFromAddress();
addEventListener("hashchange", takeTokenFromAddress);
feed.start();
speak(preferredLanguage());
